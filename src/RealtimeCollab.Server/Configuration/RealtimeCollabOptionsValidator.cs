using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RealtimeCollab.Protocol;
using RealtimeCollab.Sessions.Backplane;
using RealtimeCollab.Sessions.PersonalData;

namespace RealtimeCollab.Server.Configuration;

/// <summary>Stops the start when a setting is wrong or missing, with a message that names it.</summary>
internal sealed class RealtimeCollabOptionsValidator(IHostEnvironment environment, IServiceProviderIsService services)
    : IValidateOptions<RealtimeCollabOptions>
{
    private const int MinSigningKeyBytes = 32;

    /// <summary>A frame holds more than the operation: ids, the method's name, escapes.</summary>
    private const int FrameOverheadBytes = 4096;

    public ValidateOptionsResult Validate(string? name, RealtimeCollabOptions options)
    {
        List<string> failures = [.. CheckAuth(options.Auth), .. CheckAccess(options.Access), .. CheckLimits(options.Limits), .. CheckConnectionLimits(options.ConnectionLimits), .. CheckRequestLimits(options.RequestLimits), .. CheckRetention(options.Retention), .. CheckHooks(options.Hooks)];
        failures.AddRange(WebhookOptionsCheck.Check(options.Webhooks, mayUseHttp: environment.IsDevelopment()));
        failures.AddRange(options.AllowedOrigins.Where(origin => !IsOrigin(origin)).Select(origin =>
            $"RealtimeCollab:AllowedOrigins has '{origin}', which is not an origin such as https://app.example (scheme, host and port, no path)."));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> CheckAuth(AuthOptions auth)
    {
        (string Name, string? Value)[] keys = [(nameof(auth.SigningKey), auth.SigningKey), (nameof(auth.EventsKey), auth.EventsKey)];
        foreach (var (name, _) in keys.Where(key => key.Value is not null && Encoding.UTF8.GetByteCount(key.Value) < MinSigningKeyBytes))
            yield return $"RealtimeCollab:Auth:{name} is shorter than {MinSigningKeyBytes} bytes.";
        if (auth is { SigningKey: null, EventsKey: null } && !environment.IsDevelopment() && services.IsService(typeof(IBackplane)))
            yield return "RealtimeCollab:Auth:EventsKey (environment: RealtimeCollab__Auth__EventsKey) is missing; with several nodes and no SigningKey it is required, or the address of an event stream would open on one of them alone.";
        if (auth.SigningKey is null && auth.Authority is null && !environment.IsDevelopment())
            yield return "RealtimeCollab:Auth:SigningKey (environment: RealtimeCollab__Auth__SigningKey) is missing; outside the Development environment it is required, or RealtimeCollab:Auth:Authority (RealtimeCollab__Auth__Authority).";
        if (auth.Authority is not null && !IsSecure(auth.Authority))
            yield return "RealtimeCollab:Auth:Authority is not an https address such as https://login.example (http only for this machine).";
        if (auth.Authority is not null && string.IsNullOrWhiteSpace(auth.Audience))
            yield return "RealtimeCollab:Auth:Audience (environment: RealtimeCollab__Auth__Audience) is missing; with an Authority it is required, or tokens for its other services would be taken.";
        if (auth.SigningKey is null && string.IsNullOrWhiteSpace(auth.DevelopmentKeyFile))
            yield return "RealtimeCollab:Auth:DevelopmentKeyFile is empty.";
    }

    private static IEnumerable<string> CheckAccess(AccessOptions access)
    {
        if (!Enum.IsDefined(access.DefaultRole))
            yield return "RealtimeCollab:Access:DefaultRole is not one of none, viewer, commenter, editor, owner.";
    }

    private static IEnumerable<string> CheckLimits(ServerLimits limits)
    {
        (string Name, long Value, long Min)[] bounds =
        [
            (nameof(limits.MaxOperationBytes), limits.MaxOperationBytes, 1),
            (nameof(limits.MaxDocumentLength), limits.MaxDocumentLength, 1),
            (nameof(limits.OperationsPerSecond), limits.OperationsPerSecond, 0),
            (nameof(limits.OperationsPerSecondPerUser), limits.OperationsPerSecondPerUser, 0),
            (nameof(limits.SelectionsPerSecond), limits.SelectionsPerSecond, 0),
            (nameof(limits.SelectionsPerSecondPerUser), limits.SelectionsPerSecondPerUser, 0),
            (nameof(limits.MessagesPerSecond), limits.MessagesPerSecond, 0),
            (nameof(limits.MessagesPerSecondPerUser), limits.MessagesPerSecondPerUser, 0),
            (nameof(limits.JoinsPerSecond), limits.JoinsPerSecond, 0),
            (nameof(limits.JoinsPerSecondPerUser), limits.JoinsPerSecondPerUser, 0),
            (nameof(limits.ReadsPerSecond), limits.ReadsPerSecond, 0),
            (nameof(limits.ReadsPerSecondPerUser), limits.ReadsPerSecondPerUser, 0),
            (nameof(limits.MaxMessageLength), limits.MaxMessageLength, 1),
            (nameof(limits.MaxMentions), limits.MaxMentions, 0),
            (nameof(limits.DocumentsPerConnection), limits.DocumentsPerConnection, 1),
            (nameof(limits.ConnectionsPerUser), limits.ConnectionsPerUser, 1),
            (nameof(limits.ConnectionsPerAddress), limits.ConnectionsPerAddress, 0),
            (nameof(limits.MaxRebaseDistance), limits.MaxRebaseDistance, 1),
            (nameof(limits.HistoryHorizon), limits.HistoryHorizon ?? 1, 1),
        ];
        foreach (var failure in CheckBounds(bounds))
            yield return failure;

        if (limits.MaxFrameBytes < (long)limits.MaxOperationBytes + FrameOverheadBytes)
            yield return $"RealtimeCollab:Limits:MaxFrameBytes is {limits.MaxFrameBytes}; it has to be {FrameOverheadBytes} above MaxOperationBytes at least.";
    }

    private static IEnumerable<string> CheckConnectionLimits(ConnectionLimitOptions limits)
    {
        if (limits.HandshakeTimeout < TimeSpan.FromSeconds(1) || limits.HandshakeTimeout > TimeSpan.FromMinutes(1))
            yield return $"RealtimeCollab:Limits:HandshakeTimeout is {limits.HandshakeTimeout}; it is between 00:00:01 and 00:01:00.";
        (string Name, long Value, long Min)[] bounds =
        [
            (nameof(limits.UnauthenticatedConnections), limits.UnauthenticatedConnections, 0),
            (nameof(limits.UnauthenticatedConnectionsPerAddress), limits.UnauthenticatedConnectionsPerAddress, 0),
        ];
        foreach (var failure in CheckBounds(bounds))
            yield return failure;
    }

    private static IEnumerable<string> CheckRequestLimits(RequestLimitOptions limits) => CheckBounds(
    [
        (nameof(limits.RequestsPerSecondPerUser), limits.RequestsPerSecondPerUser, 0),
        (nameof(limits.ImportsPerSecondPerUser), limits.ImportsPerSecondPerUser, 0),
        (nameof(limits.ImportsAtOncePerUser), limits.ImportsAtOncePerUser, 0),
        (nameof(limits.ImportsAtOnce), limits.ImportsAtOnce, 0),
        (nameof(limits.MaxFormatWeight), limits.MaxFormatWeight, 1),
        (nameof(limits.MaxMarkdownBytes), limits.MaxMarkdownBytes, 1),
        (nameof(limits.LinkAttemptsPerSecondPerUser), limits.LinkAttemptsPerSecondPerUser, 0),
        (nameof(limits.MentionsPerSecondPerUser), limits.MentionsPerSecondPerUser, 0),
        (nameof(limits.MaxVersionsPerDocument), limits.MaxVersionsPerDocument, 0),
        (nameof(limits.MaxLinksPerDocument), limits.MaxLinksPerDocument, 0),
    ]);

    private static IEnumerable<string> CheckRetention(RetentionOptions retention)
    {
        (string Name, TimeSpan? Value, TimeSpan Min)[] bounds =
        [
            (nameof(retention.Chat), retention.Chat, TimeSpan.FromMinutes(1)),
            (nameof(retention.Notifications), retention.Notifications, TimeSpan.FromMinutes(1)),
            (nameof(retention.Interval), retention.Interval, TimeSpan.FromSeconds(1)),
        ];
        return bounds.Where(bound => bound.Value < bound.Min)
            .Select(bound => $"RealtimeCollab:Retention:{bound.Name} is {bound.Value}; the least is {bound.Min}.");
    }

    private static IEnumerable<string> CheckHooks(HookOptions hooks)
    {
        if (hooks.TimeLimit < TimeSpan.FromMilliseconds(1) || hooks.TimeLimit > TimeSpan.FromMinutes(1))
            yield return $"RealtimeCollab:Hooks:TimeLimit is {hooks.TimeLimit}; it is between 00:00:00.001 and 00:01:00.";
        if (hooks.CommitQueueLength < 1)
            yield return $"RealtimeCollab:Hooks:CommitQueueLength is {hooks.CommitQueueLength}; the least is 1.";
    }

    private static IEnumerable<string> CheckBounds(IEnumerable<(string Name, long Value, long Min)> bounds) =>
        bounds.Where(bound => bound.Value < bound.Min)
            .Select(bound => $"RealtimeCollab:Limits:{bound.Name} is {bound.Value}; the least is {bound.Min}.");

    private static bool IsSecure(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static bool IsOrigin(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), value, StringComparison.OrdinalIgnoreCase);
}
