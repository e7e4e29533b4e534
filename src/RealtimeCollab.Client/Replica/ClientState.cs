using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client.Replica;

/// <summary>Stand-in until the core's own lands.</summary>
internal sealed record ClientState(long Revision, TextOperation? Outstanding, TextOperation? Buffer)
{
    public static ClientState Synchronized(long revision) => new(revision, null, null);

    public ClientState ApplyLocal(TextOperation operation) => this switch
    {
        { Outstanding: null } => this with { Outstanding = operation },
        { Buffer: null } => this with { Buffer = operation },
        _ => this with { Buffer = Buffer.Compose(operation) },
    };

    public ClientState ApplyRemote(TextOperation committed, out TextOperation local)
    {
        var outstanding = Outstanding;
        var buffer = Buffer;
        local = committed;
        if (outstanding is not null)
            (outstanding, local) = TextOperation.Transform(outstanding, local);
        if (buffer is not null)
            (buffer, local) = TextOperation.Transform(buffer, local);
        return new ClientState(Revision + 1, outstanding, buffer);
    }

    public ClientState Acknowledge() => new(Revision + 1, Buffer, null);
}
