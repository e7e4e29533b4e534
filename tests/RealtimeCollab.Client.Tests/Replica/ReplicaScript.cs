using RealtimeCollab.Client.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Client.Tests.Replica;

/// <summary>A replica, and all that it has asked for and told, so that a race reads as a story.</summary>
internal sealed class ReplicaScript
{
    private readonly List<ReplicaOutput> _outputs = [];
    private int _forgotten;
    private int _ids;

    public ReplicaScript(ScriptedServer server, bool readOnly = false)
    {
        Server = server;
        Replica = new DocumentReplica(
            ScriptedServer.DocumentId, new ReplicaOptions { ReadOnly = readOnly, NewOperationId = () => $"mine-{++_ids}", TimeProvider = Time })
        {
            OwnClientId = "me",
        };
    }

    public ManualTime Time { get; } = new();

    public ScriptedServer Server { get; }

    public DocumentReplica Replica { get; }

    public string Text => Replica.Content.ToString();

    /// <summary>A replica that has joined and is at rest.</summary>
    public static ReplicaScript Open(ScriptedServer server, bool readOnly = false)
    {
        var script = new ReplicaScript(server, readOnly);
        script.Replica.Connected();
        script.Join(server.Snapshot());
        script.Forget();
        return script;
    }

    public void Type(int position, string text, int deleted = 0) =>
        Replica.Apply(TextOperation.Replace(Replica.Content.Length, position, deleted, text));

    public void Hear(params CommittedOperation[] entries) => Replica.Receive(new OperationBatch
    {
        DocumentId = ScriptedServer.DocumentId,
        FromRevision = entries[0].Revision - 1,
        Operations = entries,
    });

    /// <summary>Hears all of the server's log, what it has too.</summary>
    public void HearAll() => Replica.Receive(Server.Read(0));

    public void Reconnect()
    {
        Replica.Disconnected();
        Replica.Connected();
    }

    /// <summary>Answers the latest call to join.</summary>
    public void Join(DocumentSnapshot snapshot) => Replica.Joined(Last<JoinDocument>(), snapshot);

    /// <summary>Gives calls to join the same answer, null for a refusal as ahead, until there is none with the client's revision.</summary>
    public void JoinUntilItGivesUp(DocumentSnapshot? answer)
    {
        Assert.NotEmpty(All<JoinDocument>());
        while (All<JoinDocument>() is [.., { SinceRevision: not null }])
        {
            Forget();
            if (answer is null)
                RefuseJoin(ErrorCodes.RevisionAhead);
            else
                Join(answer);
        }
    }

    public void RefuseJoin(string code) => Replica.JoinFailed(Last<JoinDocument>(), code);

    /// <summary>Answers the latest call for missing operations.</summary>
    public void Fetch(OperationBatch batch) => Replica.Fetched(Last<FetchMissing>(), batch);

    public void RefuseFetch(string code) => Replica.FetchFailed(Last<FetchMissing>(), Refusal(code));

    public void RefuseSubmission(string code) => Replica.SubmitFailed(Last<SubmitPending>(), Refusal(code));

    /// <summary>What was asked for and told of one kind, since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<T> All<T>()
        where T : ReplicaOutput
    {
        while (Replica.TryTake(out var output))
            _outputs.Add(output);

        return [.. _outputs.Skip(_forgotten).OfType<T>()];
    }

    public T Only<T>()
        where T : ReplicaOutput => Assert.Single(All<T>());

    public void Forget()
    {
        All<ReplicaOutput>();
        _forgotten = _outputs.Count;
    }

    private static CollabClientException Refusal(string code) => new(code, "Refused.");

    private T Last<T>()
        where T : ReplicaOutput
    {
        All<T>();
        return _outputs.OfType<T>().Last();
    }
}
