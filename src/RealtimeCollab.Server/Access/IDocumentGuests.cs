namespace RealtimeCollab.Server.Access;

/// <summary>Somebody who is in a document by a right that may be taken away. Its members may be called at any time, also after it has left.</summary>
internal interface IDocumentGuest
{
    /// <summary>The right.</summary>
    DocumentGrant Grant { get; }

    /// <summary>Hears what happens in the document, and has been told the role that it has.</summary>
    bool IsSettled { get; }

    /// <summary>Acts on the role that <see cref="Grant"/> knows, and lets it hear again after <see cref="SuspendAsync"/>.</summary>
    Task SettleAsync(CancellationToken cancellationToken);

    /// <summary>Lets it hear nothing while nobody can tell whether it still may.</summary>
    Task SuspendAsync();

    /// <summary>The document is gone.</summary>
    Task CloseAsync(CancellationToken cancellationToken);
}

/// <summary>Where <see cref="AccessWatch"/> finds those who are in documents: one for each way to be in one.</summary>
internal interface IDocumentGuests
{
    /// <summary>All of this node, as they are now.</summary>
    IEnumerable<IDocumentGuest> Guests { get; }
}
