using Microsoft.Extensions.Options;
using RealtimeCollab.Server.Configuration;

namespace RealtimeCollab.Server.Limits;

/// <summary>All rates of this node.</summary>
internal sealed class Rates(IOptions<RealtimeCollabOptions> options, TimeProvider time)
{
    public Rate Operations { get; } = new(
        "operations", options.Value.Limits.OperationsPerSecond, options.Value.Limits.OperationsPerSecondPerUser, time);

    public Rate Selections { get; } = new(
        "selections", options.Value.Limits.SelectionsPerSecond, options.Value.Limits.SelectionsPerSecondPerUser, time);

    /// <summary>What chat stores: messages and their changes.</summary>
    public Rate Messages { get; } = new(
        "messages", options.Value.Limits.MessagesPerSecond, options.Value.Limits.MessagesPerSecondPerUser, time);

    /// <summary>Users who are mentioned in messages: each is a notification to store, and an event for those who are told over HTTP.</summary>
    public Rate Mentions { get; } = new("mentions", perConnection: 0, options.Value.RequestLimits.MentionsPerSecondPerUser, time);

    /// <summary>What chat does not store: typing and marks. It has a rate of its own, so that a fast reader can still write.</summary>
    public Rate Signals { get; } = new(
        "signals", options.Value.Limits.MessagesPerSecond, options.Value.Limits.MessagesPerSecondPerUser, time);

    /// <summary>Documents and rooms joined.</summary>
    public Rate Joins { get; } = new("joins", options.Value.Limits.JoinsPerSecond, options.Value.Limits.JoinsPerSecondPerUser, time);

    /// <summary>Requests over HTTP, whatever they ask for.</summary>
    public Rate Requests { get; } = new("requests", perConnection: 0, options.Value.RequestLimits.RequestsPerSecondPerUser, time);

    /// <summary>Parts of logs that clients ask for.</summary>
    public Rate Reads { get; } = new("reads", options.Value.Limits.ReadsPerSecond, options.Value.Limits.ReadsPerSecondPerUser, time);

    /// <summary>Files imported over HTTP.</summary>
    public Rate Imports { get; } = new("imports", perConnection: 0, options.Value.RequestLimits.ImportsPerSecondPerUser, time);

    /// <summary>Tokens of links that were tried over HTTP, right or wrong.</summary>
    public Rate LinkAttempts { get; } = new("links", perConnection: 0, options.Value.RequestLimits.LinkAttemptsPerSecondPerUser, time);
}
