using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Sessions.PersonalData;

namespace RealtimeCollab.Server.Configuration;

/// <summary>Settings of the server, bound from the section <see cref="SectionName"/> and checked before the first request.</summary>
public sealed class RealtimeCollabOptions
{
    /// <summary>The configuration section; in the environment <c>RealtimeCollab__Auth__SigningKey</c> and so on.</summary>
    public const string SectionName = "RealtimeCollab";

    /// <summary>How users prove who they are.</summary>
    public AuthOptions Auth { get; } = new();

    /// <summary>What users may do with documents.</summary>
    public AccessOptions Access { get; } = new();

    /// <summary>What the server accepts; told to every client in its Welcome.</summary>
    public ServerLimits Limits { get; set; } = new();

    /// <summary>What the server accepts of clients that it has not welcomed yet.</summary>
    public ConnectionLimitOptions ConnectionLimits { get; set; } = new();

    /// <summary>What the server accepts over HTTP.</summary>
    public RequestLimitOptions RequestLimits { get; set; } = new();

    /// <summary>How the application's hooks are called.</summary>
    public HookOptions Hooks { get; } = new();

    /// <summary>How long chat and notifications are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>Whom the server tells over HTTP what happens.</summary>
    public WebhookOptions Webhooks { get; } = new();

    /// <summary>
    /// Origins, such as <c>https://app.example</c>, whose pages may connect beside the server's own; in the Development
    /// environment also every page of this machine.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}

/// <summary>How users prove who they are: with a JSON Web Token of an OpenID Connect provider, or signed by the application.</summary>
public sealed class AuthOptions
{
    /// <summary>
    /// Address of an OpenID Connect provider, such as <c>https://login.example</c>, whose discovery document names its keys and its issuer.
    /// Takes https, and http for this machine alone. With it <see cref="Audience"/> is required.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>
    /// The key that tokens are signed with (HMAC-SHA256): text of at least 32 bytes in UTF-8. Outside the Development environment
    /// this or <see cref="Authority"/> is required, or both are given; there a key file takes its place.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>
    /// The key that the addresses of event streams are signed with: text of at least 32 bytes in UTF-8, the same on all nodes. Absent: it is derived from
    /// <see cref="SigningKey"/>; without that it is random, and required where there is a backplane.
    /// </summary>
    public string? EventsKey { get; set; }

    /// <summary>The <c>iss</c> that tokens must carry; absent: that of the authority, and of tokens signed by the application any.</summary>
    public string? Issuer { get; set; }

    /// <summary>The <c>aud</c> that tokens must carry; absent: not checked.</summary>
    public string? Audience { get; set; }

    /// <summary>Where the Development environment keeps a key when none is set, relative to the content root.</summary>
    public string DevelopmentKeyFile { get; set; } = "data/development-signing.key";
}

/// <summary>What users may do with documents, as far as no <see cref="Access.IDocumentAuthorizer"/> of the application decides.</summary>
public sealed class AccessOptions
{
    /// <summary>The role of a user who is not the creator of a document.</summary>
    public DocumentRole DefaultRole { get; set; } = DocumentRole.None;

    /// <summary>Whether every authenticated user may create documents.</summary>
    public bool AllowCreation { get; set; } = true;
}
