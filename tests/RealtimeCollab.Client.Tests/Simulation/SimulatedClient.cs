using RealtimeCollab.Client.Keeping;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Client.Tests.Replica;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Tests.Simulation;

/// <summary>
/// A replica on a network that delays, reorders, drops, doubles and cuts. What is under way in either direction lies in
/// one bag, and the seed decides what comes out of it next. Its process may end at any time, and another go on with what was kept.
/// </summary>
internal sealed class SimulatedClient
{
    private readonly string _name;
    private readonly ScriptedServer _server;
    private readonly Random _random;
    private readonly List<Action> _underWay = [];
    private readonly List<byte[]> _kept = [];
    private int _ids;

    public SimulatedClient(string name, ScriptedServer server, Random random)
    {
        (_name, _server, _random) = (name, server, random);
        Replica = NewReplica();
    }

    public DocumentReplica Replica { get; private set; }

    public bool IsConnected { get; private set; }

    public bool IsQuiet => _underWay.Count == 0;

    /// <summary>The changes that the replica told, applied one after another to nothing.</summary>
    public Document Told { get; private set; } = Document.Empty;

    /// <summary>How often a checksum said that the content is wrong.</summary>
    public int Mismatches { get; private set; }

    private bool IsMember { get; set; }

    public void Connect()
    {
        IsConnected = true;
        Replica.Connected();
        Settle();
    }

    /// <summary>Cuts the connection. What was under way to the server may have arrived, may be lost, or may arrive much later.</summary>
    public void Cut(List<Action> stragglers)
    {
        IsConnected = false;
        IsMember = false;
        _underWay.Clear();
        stragglers.AddRange(_calls.Where(_ => _random.Next(2) == 0).Select(call => (Action)(() => call())));
        _calls.Clear();
        Replica.Disconnected();
        Settle();
    }

    /// <summary>The process ends without warning; the next one knows what was kept.</summary>
    public void Kill(List<Action> stragglers)
    {
        Cut(stragglers);
        var dead = Replica;
        Replica = NewReplica();
        Replica.Restore([.. _kept.Select(record => EditRecord.Read(record))]);
        Told = Replica.Content;
        Assert.Equal(dead.Content.ToString(), Replica.Content.ToString());
        Assert.Equal((dead.HasContent, dead.Revision, dead.Pending), (Replica.HasContent, Replica.Revision, Replica.Pending));
    }

    private readonly List<Func<Action>> _calls = [];

    public void Edit(char mark)
    {
        if (!Replica.HasContent)
            return;

        var length = Replica.Content.Length;
        var position = _random.Next(length + 1);
        var deleted = _random.Next(3) == 0 ? _random.Next(Math.Min(4, length - position) + 1) : 0;
        var text = new string(mark, 1) + new string('.', _random.Next(8) == 0 ? 60 : 0);
        Replica.Apply(TextOperation.Replace(length, position, deleted, text));
        Settle();
    }

    /// <summary>The server tells the room.</summary>
    public void Push(OperationBatch batch)
    {
        if (!IsMember)
            return;

        var copies = _random.Next(10) switch
        {
            0 => 0,
            1 => 2,
            _ => 1,
        };
        for (var i = 0; i < copies; i++)
            _underWay.Add(() => Replica.Receive(batch));
    }

    public void Heartbeat()
    {
        Replica.HeadSeen(_server.Head);
        Replica.ChecksumSeen(new DocumentChecksum { Revision = _server.Head, Hash = _server.Content.ComputeHash() });
        Settle();
    }

    /// <summary>Lets one thing that is under way arrive.</summary>
    public void Deliver()
    {
        if (_calls.Count > 0 && (_underWay.Count == 0 || _random.Next(2) == 0))
        {
            var index = _random.Next(_calls.Count);
            var call = _calls[index];
            _calls.RemoveAt(index);
            _underWay.Add(call());
        }
        else if (_underWay.Count > 0)
        {
            var index = _random.Next(_underWay.Count);
            var arriving = _underWay[index];
            _underWay.RemoveAt(index);
            arriving();
            Settle();
        }
    }

    public bool IsAtRest => IsQuiet && _calls.Count == 0;

    private DocumentReplica NewReplica()
    {
        var options = new ReplicaOptions { NewOperationId = () => $"{_name}-{++_ids}", Keep = Keep };
        return new DocumentReplica(ScriptedServer.DocumentId, options) { OwnClientId = _name, Limits = new ServerLimits { MaxOperationBytes = 64 } };
    }

    private void Keep(EditRecord record)
    {
        if (record is Checkpoint)
            _kept.Clear();
        _kept.Add(record.ToUtf8Json());
    }

    private static CollabClientException Refusal(string code) => new(code, "Refused.");

    private void Settle()
    {
        while (Replica.TryTake(out var output))
        {
            if (output is HubCall call && IsConnected)
                _calls.Add(() => Answer(call));
            else if (output is ContentChanged { Change: var change })
                Told = Told.Apply(change.Operation);
            else if (output is ChecksumMismatched)
                Mismatches++;
        }
    }

    /// <summary>The call arrives at the server; the result is its answer on the way back.</summary>
    private Action Answer(HubCall call)
    {
        var fails = _random.Next(8) == 0;
        switch (call)
        {
            case JoinDocument join when fails:
                return () => Replica.JoinFailed(join, ErrorCodes.StoreUnavailable);
            case JoinDocument join:
                IsMember = IsConnected;
                var snapshot = _server.Snapshot(_random.Next(3) == 0 ? null : join.SinceRevision);
                return () => Replica.Joined(join, snapshot);
            case FetchMissing fetch when fails:
                return () => Replica.FetchFailed(fetch, Refusal(ErrorCodes.StoreUnavailable));
            case FetchMissing fetch:
                var page = _server.Read(fetch.Request.FromRevision, limit: 1 + _random.Next(5));
                return () => Replica.Fetched(fetch, page);
            case SubmitPending submit:
                return AnswerSubmission(submit, fails);
            default:
                throw new InvalidOperationException($"{_name} made a call that the simulation does not know.");
        }
    }

    private Action AnswerSubmission(SubmitPending submit, bool fails)
    {
        if (fails && _random.Next(2) == 0)
            return () => Replica.SubmitFailed(submit, Refusal(ErrorCodes.RateLimited));

        var result = _server.Submit(submit.Request, _name);
        return fails
            ? () => Replica.SubmitFailed(submit, Refusal(ErrorCodes.StoreUnavailable))
            : () => Replica.Submitted(result);
    }
}
