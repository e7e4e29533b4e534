using System.Globalization;
using RealtimeCollab.Client;
using RealtimeCollab.Client.Connection;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol;
using RealtimeCollab.Sessions.Tests.Simulation.Checks;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;
using RealtimeCollab.Sessions.Tests.Simulation.Server;

namespace RealtimeCollab.Sessions.Tests.Simulation.Client;

/// <summary>A person's device: the real replica, and around it what a driver with a socket does.</summary>
internal sealed class SimulatedClient
{
    private static readonly TimeSpan EchoPatience = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly Ledger _document;
    private readonly RetryBackoff _backoff;
    private readonly ClientPromises _promises;
    private readonly Keyboard _keyboard;
    private Link? _link;
    private int _ids;
    private bool _isAway;

    public SimulatedClient(World world, string name, Ledger document)
    {
        (_world, Name, _document) = (world, name, document);
        // two devices of one user, now and then
        UserId = world.Random.Next(3) == 0 ? "ada" : name;
        Limits = new ServerLimits { MaxOperationBytes = world.Random.Next(2) == 0 ? 120 : 512 * 1024 };
        Process = world.NewProcess(name);
        _backoff = new RetryBackoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), world.Random.NextDouble);
        _promises = new ClientPromises(name, UserId, document, world.Scheduler);
        Replica = new DocumentReplica(document.DocumentId, new ReplicaOptions { NewOperationId = NewOperationId })
        {
            Limits = Limits,
            OwnClientId = name,
        };
        _keyboard = new Keyboard(world, this, _promises, document.ContentType);
        Process.After(world.Latency(300), Connect);
        Process.After(world.Latency(1_000), Heartbeat);
    }

    public string Name { get; }

    public string UserId { get; }

    public ServerLimits Limits { get; }

    public VirtualProcess Process { get; }

    public DocumentReplica Replica { get; }

    /// <summary>Connected, and nothing left to do.</summary>
    public bool IsAtRest => _link is not null && Replica.IsAtRest && Replica.Revision == _document.Head;

    public void CheckAtRest() => _promises.CheckAtRest(Replica);

    /// <summary>Something came in, or the user did something.</summary>
    public void Receive(Action<DocumentReplica> input)
    {
        var before = Replica.Conflict;
        input(Replica);
        if (Replica.Conflict is { } conflict && before is null)
            OnConflict(conflict);
        while (Replica.TryTake(out var output))
            Perform(output);
        _world.Scheduler.Require(Replica.ClosedReason is null, $"{Name} was shut out: {Replica.ClosedReason}");
        _promises.Check(Replica);
    }

    /// <summary>Loses the connection and stays away for a while, editing; long enough for the others to leave its revision behind.</summary>
    public void GoAway(TimeSpan time)
    {
        _isAway = true;
        _link?.Cut();
        Process.After(time, () => _isAway = false);
    }

    public void LoseConnection() => _link?.Cut();

    public void OnCut(Link link)
    {
        if (link != _link)
            return;
        _world.Trace.Add(Name, "is cut", Replica.Revision);
        _world.Tally.Count("connection cut");
        _link = null;
        Receive(replica => replica.Disconnected());
        Process.After(_world.Latency(800), Connect);
    }

    private void Connect()
    {
        var open = _world.Nodes.Where(node => node.IsOpen).ToList();
        if (open.Count == 0 || (_isAway && _world.Faults.AreOn))
        {
            Process.After(_world.Latency(500), Connect);
            return;
        }

        var connection = open[_world.Random.Next(open.Count)].Accept(this);
        _link = connection.Link = new Link(_world, this, connection);
        _world.Trace.Add(Name, $"connects as {connection.ConnectionId}", Replica.Revision);
        Receive(replica => replica.Connected());
    }

    private void Heartbeat()
    {
        Process.After(_world.Between(500, 1_500), Heartbeat);
        if (_link is { } link)
        {
            _world.Network.Call(
                link,
                connection => connection.HeartbeatAsync(),
                head => Receive(replica => replica.HeadSeen(head ?? 0)),
                _ => { });
        }
    }

    private void OnConflict(DocumentConflict conflict)
    {
        _world.Trace.Add(Name, $"has a conflict: {conflict.Code}", conflict.Revision);
        _world.Tally.Count("conflict copy");
        _promises.OnConflict(conflict);
        Process.After(_world.Between(10, 2_000), () =>
        {
            _promises.OnDiscarded();
            Receive(replica => replica.Resolve(ConflictResolution.Discard));
        });
    }

    private void Perform(ReplicaOutput output)
    {
        switch (output)
        {
            case ContentChanged changed:
                _promises.OnChanged(changed.Change);
                _keyboard.OnChanged(changed.Change);
                break;
            case EditsRejected rejected:
                _promises.OnRejected(rejected.Rejection.Operations);
                break;
            case StateChanged changed:
                _world.Trace.Add(Name, $"is {changed.State}", Replica.Revision);
                break;
            case HubCall call when _link is { } link:
                Process.After(_backoff.DelayBefore(call.Attempt) + _world.Latency(2), () => Make(call, link));
                break;
            case SendSelection selection when _link is { } link:
                _world.Network.Call(link, connection => connection.SelectAsync(selection.Request), _ => { }, _ => { });
                break;
        }
    }

    private void Make(HubCall call, Link link)
    {
        if (link != _link)
            return;
        switch (call)
        {
            case JoinDocument join:
                _world.Network.Call(
                    link,
                    connection => connection.JoinAsync(_document, join.SinceRevision),
                    snapshot => Receive(replica => replica.Joined(join, snapshot)),
                    code => Receive(replica => replica.JoinFailed(join, code)));
                break;
            case FetchMissing fetch:
                _world.Network.Call(
                    link,
                    connection => connection.ReadAsync(fetch.Request),
                    batch => Receive(replica => replica.Fetched(fetch, batch)),
                    code => Receive(replica => replica.FetchFailed(fetch, Refusal(code))));
                break;
            case SubmitPending submit when Replica.IsInFlight(submit.Request.OperationId):
                Submit(submit, link);
                break;
        }
    }

    private void Submit(SubmitPending submit, Link link)
    {
        if (!_promises.TryAddSent(submit.Request.OperationId))
            _world.Tally.Count("operation sent again");
        _world.Trace.Add(Name, $"submits {submit.Request.OperationId}", submit.Request.BaseRevision);
        _world.Network.Call(
            link,
            connection => connection.SubmitAsync(submit.Request),
            result =>
            {
                Receive(replica => replica.Submitted(result));
                Process.After(EchoPatience, () => Receive(replica => replica.CatchUp()));
            },
            code => Receive(replica => replica.SubmitFailed(submit, Refusal(code))));
    }

    private static CollabClientException Refusal(string code) => new(code, "Refused.");

    private string NewOperationId() => string.Create(CultureInfo.InvariantCulture, $"{Name}-{++_ids}");
}
