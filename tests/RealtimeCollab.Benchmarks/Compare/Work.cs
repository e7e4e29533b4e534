namespace RealtimeCollab.Benchmarks.Compare;

/// <summary>The works that are compared: names that peers/peers.mjs knows too.</summary>
internal static class Work
{
    public const string Trace = "trace";
    public const string TraceDocuments = "traceDocuments";
    public const string Transform100 = "transform100";
    public const string Transform1000 = "transform1000";
    public const string Compose = "compose";
    public const string Parse = "parse";
    public const string Write = "write";
    public const string Edit1 = "edit1";
    public const string Edit10 = "edit10";

    /// <summary>In the order of the table, with what a reader sees.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } =
    [
        (Trace, "replay automerge-paper, per edit"),
        (TraceDocuments, "the same, keeping every state readable"),
        (Transform100, "transform one insert over 100, each"),
        (Transform1000, "transform one insert over 1,000, each"),
        (Compose, "compose 10,000 typed characters, each"),
        (Parse, "parse an operation"),
        (Write, "write an operation"),
        (Edit1, "random insert in 1,000,000 code units"),
        (Edit10, "random insert in 10,000,000 code units"),
    ];
}
