namespace RealtimeCollab.Server.Tests.CrossLanguage;

/// <summary>A client that types at random, in whatever language. It inserts marks of its own, and deletes only those.</summary>
internal interface ITypist : IAsyncDisposable
{
    /// <summary>The first of its marks; there are 1,000.</summary>
    char FirstMark { get; }

    /// <summary>Makes so many random edits, some of them undo and redo.</summary>
    Task TypeAsync(string documentId, int edits);

    /// <summary>Takes back everything that it can take back.</summary>
    Task UndoAllAsync(string documentId);

    /// <summary>Waits until it has no pending edits and has seen a revision, and says what it shows.</summary>
    Task<Shown> ReportAsync(string documentId, long revision);
}

/// <summary>What a client shows.</summary>
/// <param name="Revision">At which revision.</param>
/// <param name="Text">The text.</param>
/// <param name="Hash">The hash of text and formats.</param>
internal sealed record Shown(long Revision, string Text, string Hash)
{
    /// <summary>The marks of a typist that are in the text, in order.</summary>
    public string MarksOf(ITypist typist) => new([.. Text.Where(unit => unit >= typist.FirstMark && unit < typist.FirstMark + 1000)]);
}
