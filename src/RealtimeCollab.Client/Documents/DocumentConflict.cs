using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client;

/// <summary>
/// The server cannot take the edits: it was set back to an earlier state, it has compacted the entries since the client's revision, the user
/// may not write any more, or the content has gone another way.
/// </summary>
/// <param name="Code"><c>revision_ahead</c>, <c>revision_too_old</c>, <c>permission_denied</c>, or <c>content_diverged</c>, in this order.</param>
/// <param name="Content">The content with these edits in it, as the user sees it.</param>
/// <param name="Pending">What the server does not have, for the document at <paramref name="Revision"/>; null if that is nothing.</param>
/// <param name="Revision">The revision that the content is based on.</param>
public sealed record DocumentConflict(string Code, Document Content, TextOperation? Pending, long Revision);
