namespace RealtimeCollab.Client.Tests.Documents;

public sealed class DocumentContextTests
{
    private readonly QueuedContext _context = new();
    private readonly List<string> _done = [];

    [Fact]
    public void Post_WithoutAContext_IsDoneAtOnce()
    {
        Make(context: null).Post(() => _done.Add("a"), mayDrop: false);
        Make(new SynchronizationContext()).Post(() => _done.Add("b"), mayDrop: false);

        Assert.Equal(["a", "b"], _done);
    }

    [Fact]
    public void Posts_InAContext_AreDoneThereInOrder()
    {
        var document = Make(_context);

        document.Post(() => _done.Add("a"), mayDrop: true);
        document.Post(() => _done.Add("b"), mayDrop: false);
        Assert.Empty(_done);
        _context.Run();
        document.Post(() => _done.Add("c"), mayDrop: true);
        _context.Run();

        Assert.Equal(["a", "b", "c"], _done);
    }

    [Fact]
    public void Posts_ToAContextThatDoesNotGetOn_AreDroppedAndThatIsTold()
    {
        var document = Make(_context);

        for (var i = 0; i < 5_000; i++)
            document.Post(() => _done.Add("message"), mayDrop: true);
        document.Post(() => _done.Add("answer"), mayDrop: false);
        _context.Run();

        Assert.InRange(_done.Count, 3, 2_000);
        Assert.Equal(["message", "answer", "dropped"], _done[^3..]);
        document.Post(() => _done.Add("later"), mayDrop: true);
        _context.Run();
        Assert.Equal("later", _done[^1]);
        Assert.Single(_done, "dropped");
    }

    [Fact]
    public void Send_FromOutside_IsDoneInTheContextAndItsErrorComesBack()
    {
        var document = Make(_context);

        document.Send(() => _done.Add(SynchronizationContext.Current == _context ? "inside" : "outside"));
        var error = Assert.Throws<InvalidOperationException>(() => document.Send(() => throw new InvalidOperationException("no")));

        Assert.Equal(["inside"], _done);
        Assert.Equal("no", error.Message);
    }

    private DocumentContext Make(SynchronizationContext? context) => new(context) { Dropped = () => _done.Add("dropped") };

    /// <summary>Does what is posted when it is told to, and what is sent at once.</summary>
    private sealed class QueuedContext : SynchronizationContext
    {
        private readonly Queue<Action> _posted = new();

        public override void Post(SendOrPostCallback callback, object? state) => _posted.Enqueue(() => callback(state));

        public override void Send(SendOrPostCallback callback, object? state)
        {
            var outside = Current;
            SetSynchronizationContext(this);
            try
            {
                callback(state);
            }
            finally
            {
                SetSynchronizationContext(outside);
            }
        }

        public void Run()
        {
            while (_posted.TryDequeue(out var work))
                work();
        }
    }
}
