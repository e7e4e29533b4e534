using System.Security.Claims;

namespace RealtimeCollab.Server.Application;

/// <summary>The application's own way into documents: through the same sessions as everybody's, so that who has one open sees an edit at once.</summary>
public interface IDocumentService
{
    /// <summary>
    /// Documents as the application uses them in a user's name. Nobody asks what this user may do, nor are <see cref="Hooks.IOperationHook"/>s asked; the user
    /// need not exist. Rates and the limit of an operation's size do not apply, the limit of a document's length does.
    /// </summary>
    /// <param name="userId">Stands as the author: 1 to 128 UTF-16 code units, no control characters.</param>
    /// <exception cref="ArgumentException">It is no user's id.</exception>
    IUserDocuments As(string userId);

    /// <summary>Documents as a user may use them: by the roles of the hub, and with the hooks asked. Without rates, as above.</summary>
    /// <param name="user">With a <c>sub</c> claim.</param>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    IUserDocuments As(ClaimsPrincipal user);
}
