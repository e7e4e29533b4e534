using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client;

/// <summary>Edits that the server cannot take, kept so that the user can copy or merge them.</summary>
/// <param name="Code">Why: one of the protocol's error codes, such as <c>revision_too_old</c>, <c>revision_ahead</c> or <c>permission_denied</c>.</param>
/// <param name="Content">The document as the user sees it, with the edits.</param>
/// <param name="Pending">The edits as one operation, for the document at <paramref name="Revision"/>.</param>
/// <param name="Revision">The last revision that the client had seen.</param>
public sealed record DocumentConflict(string Code, Document Content, TextOperation Pending, long Revision);
