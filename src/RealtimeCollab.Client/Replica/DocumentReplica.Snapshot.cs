using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <content>The server's content is taken whole: at first, when its history does not lead on, and when a checksum shows that the copy is wrong.</content>
internal sealed partial class DocumentReplica
{
    private readonly ContentCheck _check = new();

    /// <summary>
    /// The content that was found to differ from the server's, until that has come. Edits made meanwhile are pending on top of it; entries wait.
    /// </summary>
    private Document? _suspect;

    [MemberNotNullWhen(false, nameof(_state))]
    private bool NeedsContent => !HasContent || _suspect is not null;

    /// <summary>A heartbeat told the hash of the server's content at a revision. If the content here is another at the same one, it is loaded anew.</summary>
    public void ChecksumSeen(DocumentChecksum checksum)
    {
        if (State != DocumentState.Synchronized || checksum.Revision != Revision || _check.FindMismatch(Content, checksum) is not { } hash)
            return;

        _suspect = Content;
        Emit(new ChecksumMismatched(new ChecksumMismatchEventArgs(documentId, Revision, hash, checksum.Hash)));
        BeginJoin(attempt: 0);
    }

    /// <summary>Forgets all but the content on show, and joins as if for the first time.</summary>
    private void Reload()
    {
        _state = null;
        _suspect = null;
        _inFlight = null;
        _knownHead = 0;
        _early.Clear();
        if (_link != Link.Down)
            BeginJoin(attempt: 0);
    }

    /// <summary>Takes the server's content in place of the own. Edits pending on top of it go on, carried over the difference as over any operation.</summary>
    private void TakeContent(Document content, long revision)
    {
        var difference = DocumentDiff.Compute(_suspect ?? Content, content);
        var (edits, change) = (_state ?? ClientState.Synchronized(0)).ApplyRemote(difference);
        (_suspect, _state) = (null, ClientState.Synchronized(revision));
        var changed = Keep(Keep(content, edits.Outstanding), edits.Buffer);
        _early.DropThrough(revision);
        _undo.ApplyRemote(change);
        Room.Forget();
        Show(changed, change, ChangeOrigin.Reload);
        KeepAll();
    }

    private Document Keep(Document content, TextOperation? edit)
    {
        if (edit is null || edit.IsNoop)
            return content;

        _state = _state!.ApplyLocal(edit);
        return content.Apply(edit);
    }
}
