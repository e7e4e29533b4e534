using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.LoadTester.Tests.Faults;

/// <summary>A run in which every promise was kept: Ada and Bob wrote a line each, Ada took hers back and wrote another, and both said something.</summary>
internal static class SampleRun
{
    public const string Place = "notes";

    public const string Content = "bob 1\nada 2\n";

    public static IReadOnlyList<StoredEntry> Log { get; } =
    [
        new(1, "a1", TextOperation.Replace(0, 0, 0, "ada 1\n")),
        new(2, "b1", TextOperation.Replace(6, 0, 0, "bob 1\n")),
        new(3, "a2", TextOperation.Replace(12, 6, 6, "")),
        new(4, "a3", TextOperation.Replace(6, 6, 0, "ada 2\n")),
    ];

    public static DocumentHistory History { get; } = new()
    {
        DocumentId = Place,
        Submissions = [new("ada", "a1"), new("bob", "b1"), new("ada", "a2"), new("ada", "a3")],
        Acknowledgements = [new("ada", "a1", 1), new("bob", "b1", 2), new("bob", "b1", 2), new("ada", "a2", 3)],
        Deliveries = [.. new[] { "ada", "bob" }.SelectMany(client => Log.Select(entry => new Delivery(client, entry.Revision, entry.OperationId, entry.Operation)))],
        Lines = ["bob 1", "ada 2"],
        GivenUp = [],
    };

    public static FinalDocument Final { get; } = new()
    {
        DocumentId = Place,
        Log = Log,
        Shown = new Dictionary<string, ShownDocument>(StringComparer.Ordinal) { ["ada"] = new(4, Content), ["bob"] = new(4, Content), ["node"] = new(4, Content) },
    };

    public static RoomHistory Chat { get; } = new()
    {
        RoomId = Place,
        Sent = [new("ada", "hello", 1), new("bob", "hi", 2), new("ada", "no answer came", Sequence: null)],
        Seen = new Dictionary<string, IReadOnlyList<SeenMessage>>(StringComparer.Ordinal)
        {
            ["ada"] = [new(1, "hello"), new(2, "hi"), new(3, "no answer came")],
            ["bob"] = [new(1, "hello"), new(2, "hi"), new(3, "no answer came")],
        },
    };

    public static FinalRoom Room { get; } = new(Place, [new(1, "hello"), new(2, "hi"), new(3, "no answer came")]);
}
