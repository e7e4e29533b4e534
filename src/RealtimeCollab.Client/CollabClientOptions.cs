using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Replica;

namespace RealtimeCollab.Client;

/// <summary>How a <see cref="CollabClient"/> behaves.</summary>
public sealed record CollabClientOptions
{
    /// <summary>How long to wait between attempts to connect, and before a refused call is made again.</summary>
    public RetryBackoff Backoff { get; init; } = RetryBackoff.Default;

    /// <summary>
    /// How many attempts to connect again, one after another, may fail before the client gives up and waits for
    /// <see cref="CollabClient.StartAsync"/>; null: it never does.
    /// </summary>
    public int? MaxReconnectAttempts { get; init; }

    /// <summary>How often a lost last message is looked for.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may take to greet a new connection, before it is made anew.</summary>
    public TimeSpan WelcomeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a committed operation's own entry may take to come, before it is asked for.</summary>
    public TimeSpan EchoPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Keeps edits that are not saved beyond the end of the process; null: they end with it.</summary>
    public IEditStore? EditStore { get; init; }

    /// <summary>The clock of all waits.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where to log. Document text is never logged.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Gives operation ids; 1 to 128 characters that no other operation has.</summary>
    public Func<string> NewOperationId { get; init; } = InFlightOperation.NewOperationId;
}
