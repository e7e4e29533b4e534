using RealtimeCollab.Client.Keeping;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Client.Tests.Keeping;

public sealed class EditKeeperTests
{
    private readonly HeldJournal _journal = new();
    private readonly ManualTime _time = new();
    private readonly List<Exception> _failures = [];
    private int _asked;

    [Fact]
    public async Task Records_AreWrittenInOrder()
    {
        await using (var keeper = Open())
        {
            keeper.Add(Checkpoint("a"));
            keeper.Add(Typed(1, "b"));
            keeper.Add(Typed(2, "c"));
            await keeper.WhenKeptAsync();
        }

        Assert.Equal([Checkpoint("a"), Typed(1, "b"), Typed(2, "c")], _journal.Records, ByJson);
        Assert.True(_journal.IsDisposed);
    }

    [Fact]
    public async Task WhenKept_WhileTheStoreWrites_WaitsForWhatWasAdded()
    {
        await using var keeper = Open();
        var hold = _journal.Hold();
        keeper.Add(Checkpoint("a"));
        await _journal.Writing;
        keeper.Add(Typed(1, "b"));

        var kept = keeper.WhenKeptAsync();
        Assert.False(kept.IsCompleted);
        hold.SetResult();
        await kept;

        Assert.Equal([Checkpoint("a"), Typed(1, "b")], _journal.Records, ByJson);
    }

    [Fact]
    public async Task Records_BehindAStoreThatStalls_AreBoundedAndACheckpointTakesTheirPlace()
    {
        await using var keeper = Open();
        var hold = _journal.Hold();
        keeper.Add(Checkpoint("a"));
        await _journal.Writing;
        for (var i = 0; i < 5_000; i++)
            keeper.Add(Typed(i, "b"));

        var kept = keeper.WhenKeptAsync();
        hold.SetResult();
        await Asked(1);
        Assert.False(kept.IsCompleted);
        keeper.Add(Checkpoint("all"));
        await kept;

        Assert.Equal([Checkpoint("all")], _journal.Records, ByJson);
    }

    [Fact]
    public async Task Journal_ThatHasGrownLong_IsReplacedByACheckpoint()
    {
        await using var keeper = Open();
        keeper.Add(Checkpoint("a"));
        for (var i = 0; i < 3; i++)
        {
            keeper.Add(Typed(i, new string('x', 30_000)));
            await keeper.WhenKeptAsync();
        }

        await Asked(1);
        keeper.Add(Checkpoint("b"));
        keeper.Add(Typed(1, "c"));
        await keeper.WhenKeptAsync();

        Assert.Equal([Checkpoint("b"), Typed(1, "c")], _journal.Records, ByJson);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Failure_IsTold_LeavesNothingHalf_AndKeepingGoesOnLater()
    {
        await using var keeper = Open();
        keeper.Add(Checkpoint("a"));
        await keeper.WhenKeptAsync();
        _journal.Failure = new IOException("The disk is full.");
        keeper.Add(Typed(1, "b"));
        await keeper.WhenKeptAsync();
        keeper.Add(Typed(2, "c"));
        await keeper.WhenKeptAsync();
        Assert.Empty(_journal.Records);

        _journal.Failure = null;
        await _time.AdvanceUntilAsync(Asked(1), TimeSpan.FromSeconds(1));
        keeper.Add(Checkpoint("abc"));
        await keeper.WhenKeptAsync();

        Assert.Equal("The disk is full.", Assert.Single(_failures).Message);
        Assert.Equal([Checkpoint("abc")], _journal.Records, ByJson);
    }

    private EditKeeper Open() => new(_journal, _time)
    {
        CheckpointWanted = () => Interlocked.Increment(ref _asked),
        Failed = _failures.Add,
    };

    private async Task Asked(int times)
    {
        while (Volatile.Read(ref _asked) < times)
            await Task.Yield();
    }

    private static bool ByJson(EditRecord a, EditRecord b) => a.ToUtf8Json().AsSpan().SequenceEqual(b.ToUtf8Json());

    private static Edited Typed(int position, string text) => new(TextOperation.Replace(position, position, 0, text));

    private static Checkpoint Checkpoint(string text) => new()
    {
        UserId = "ada",
        ContentType = ContentType.Text,
        Role = DocumentRole.Editor,
        Revision = 7,
        Content = new DocumentContent(Document.FromText(text), ContentType.Text),
    };

    /// <summary>A journal in memory that can be held, and can fail.</summary>
    private sealed class HeldJournal : IEditJournal
    {
        private readonly TaskCompletionSource _writing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<EditRecord> _records = [];
        private Task _held = Task.CompletedTask;

        public IReadOnlyList<EditRecord> Records => _records;

        public Exception? Failure { get; set; }

        public bool IsDisposed { get; private set; }

        /// <summary>Done when the first write has begun.</summary>
        public Task Writing => _writing.Task;

        public TaskCompletionSource Hold()
        {
            var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _held = hold.Task;
            return hold;
        }

        public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public async ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken = default)
        {
            await WriteAsync();
            _records.AddRange(records.Select(EditRecord.Read));
        }

        public async ValueTask ReplaceAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken = default)
        {
            await WriteAsync();
            _records.Clear();
            _records.Add(EditRecord.Read(record));
        }

        public ValueTask ClearAsync(CancellationToken cancellationToken = default)
        {
            _records.Clear();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }

        private async Task WriteAsync()
        {
            _writing.TrySetResult();
            await _held;
            if (Failure is not null)
                throw Failure;
        }
    }
}
