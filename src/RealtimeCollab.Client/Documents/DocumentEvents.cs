using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Client.Replica;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>Tells the application what a replica has to tell. A handler that fails is logged, and stops nothing.</summary>
internal sealed partial class DocumentEvents(ILogger logger)
{
    public Action<DocumentChangedEventArgs>? OnContentChanged { get; set; }

    public Action<DocumentState>? OnStateChanged { get; set; }

    public Action? OnPeopleChanged { get; set; }

    public Action<DocumentRole>? OnRoleChanged { get; set; }

    public Action<ChecksumMismatchEventArgs>? OnChecksumMismatched { get; set; }

    public Action<DocumentConflict>? OnConflicted { get; set; }

    public Action<EditsRejectedEventArgs>? OnRejected { get; set; }

    public Action<DocumentClosedEventArgs>? OnClosed { get; set; }

    public Action<CollabClientException>? OnErrorOccurred { get; set; }

    public void Raise(ReplicaOutput output)
    {
        switch (output)
        {
            case ContentChanged { Change: var change }:
                Tell(OnContentChanged, change);
                break;
            case StateChanged { State: var state }:
                Tell(OnStateChanged, state);
                break;
            case PeopleChanged:
                Tell<object?>(_ => OnPeopleChanged?.Invoke(), null);
                break;
            case RoleChanged { Role: var role }:
                Tell(OnRoleChanged, role);
                break;
            case ConflictEntered { Conflict: var conflict }:
                Tell(OnConflicted, conflict);
                break;
            case EditsRejected { Rejection: var rejection }:
                Tell(OnRejected, rejection);
                break;
            case ClosedForGood { Closing: var closing }:
                Tell(OnClosed, closing);
                break;
            case ErrorOccurred { Error: var error }:
                Tell(OnErrorOccurred, error);
                break;
            case ChecksumMismatched { Mismatch: var mismatch }:
                ClientMetrics.CountChecksumMismatch();
                ContentDiffered(logger, mismatch.DocumentId, mismatch.Revision, mismatch.LocalHash, mismatch.ServerHash);
                Tell(OnChecksumMismatched, mismatch);
                break;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A handler's failure must not stop the document; it is logged.")]
    private void Tell<T>(Action<T>? handler, T news)
    {
        try
        {
            handler?.Invoke(news);
        }
        catch (Exception error)
        {
            HandlerFailed(logger, error);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A handler of a document's event failed.")]
    private static partial void HandlerFailed(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "Document {DocumentId} at revision {Revision} has the hash {LocalHash} here and {ServerHash} on the server; it is loaded anew.")]
    private static partial void ContentDiffered(ILogger logger, string documentId, long revision, string localHash, string serverHash);
}
