namespace RealtimeCollab.Server.Configuration;

/// <summary>
/// What the server accepts and tells nobody: over HTTP, where nobody is welcomed, of mentions and of formats. Settings of the section <c>RealtimeCollab:Limits</c> too.
/// </summary>
public sealed record RequestLimitOptions
{
    /// <summary>Requests of any kind that one user may make on one node each second, twice as many in a burst; 0 for no limit.</summary>
    public int RequestsPerSecondPerUser { get; init; } = 50;

    /// <summary>Files that one user may import on one node each second, twice as many in a burst; 0 for no limit.</summary>
    public int ImportsPerSecondPerUser { get; init; } = 2;

    /// <summary>Files that one user may import at the same time on one node; 0 for no limit.</summary>
    public int ImportsAtOncePerUser { get; init; } = 2;

    /// <summary>Files that one node reads into documents at the same time; eight times as many wait; 0 for no limit.</summary>
    public int ImportsAtOnce { get; init; } = 2;

    /// <summary>Largest Markdown file that is imported, in bytes. What a small one can cost is bounded beside this.</summary>
    public int MaxMarkdownBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Most that attributes and embeds of a document may hold, as <see cref="OperationalTransform.Document.FormatWeight"/> counts it: UTF-16 code units of names
    /// and texts, bytes of embeds.
    /// </summary>
    public long MaxFormatWeight { get; init; } = 50_000_000;

    /// <summary>Tokens of links that one user may try on one node each second, twice as many in a burst; 0 for no limit.</summary>
    public int LinkAttemptsPerSecondPerUser { get; init; } = 2;

    /// <summary>
    /// Users that one user may mention on one node each second, twice as many in a burst; 0 for no limit. A message may mention more at once: what
    /// it takes beyond that has to pass before the next mention.
    /// </summary>
    public int MentionsPerSecondPerUser { get; init; } = 5;

    /// <summary>Named versions of one document; 0 for no limit. Each keeps a snapshot for ever.</summary>
    public int MaxVersionsPerDocument { get; init; } = 1_000;

    /// <summary>Links to one document, beside expired ones; 0 for no limit.</summary>
    public int MaxLinksPerDocument { get; init; } = 100;
}
