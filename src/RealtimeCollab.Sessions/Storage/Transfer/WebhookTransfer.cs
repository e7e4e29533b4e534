using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Sessions.Storage.Transfer;

/// <summary>
/// Copies what applications are still to be told, dead letters too, with the ids of the events; what is delivered is history of nobody. Part
/// of <see cref="StoreTransfer"/>.
/// </summary>
internal sealed class WebhookTransfer(IWebhookArchive source, IWebhookArchive target)
{
    private const int PageSize = 256;

    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        var afterDocument = string.Empty;
        while (await source.ListChangesAsync(afterDocument, PageSize, cancellationToken) is { Count: > 0 } changes)
        {
            await target.ImportChangesAsync(changes, cancellationToken);
            afterDocument = changes[^1].DocumentId;
        }

        await ImportAsync(cancellationToken);
    }

    /// <exception cref="StoreTransferException">The target lacks something.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        // what is there is there already
        if (await ImportAsync(cancellationToken) > 0)
            throw StoreTransferException.WebhooksNotEqual();
    }

    private async Task<int> ImportAsync(CancellationToken cancellationToken)
    {
        var (after, added) = (0L, 0);
        while (await source.ListAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            added += await target.ImportAsync(page, cancellationToken);
            after = page[^1].Number;
        }

        return added;
    }
}
