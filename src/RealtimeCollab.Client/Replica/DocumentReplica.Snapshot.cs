using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <content>The server's content is taken whole: at first, when its history does not lead on, and when a checksum shows that the copy is wrong.</content>
internal sealed partial class DocumentReplica
{
    private readonly ContentCheck _check = new();

    /// <summary>A heartbeat told the hash of the server's content at a revision. If the content here is another at the same one, it is loaded anew.</summary>
    public void ChecksumSeen(DocumentChecksum checksum)
    {
        if (!IsAtRest || checksum.Revision != Revision || _check.FindMismatch(Content, checksum) is not { } hash)
            return;

        Emit(new ChecksumMismatched(new ChecksumMismatchEventArgs(documentId, Revision, hash, checksum.Hash)));
        LoadAnew(Revision);
    }

    /// <summary>The server's content has come, and takes the place of what the pending edits were made on.</summary>
    private void TakeContent(Document content, long revision)
    {
        var reload = _reload;
        _reload = null;
        if (reload?.Refusal is { } refusal)
            HandBack(refusal);
        _inFlight = null;
        _early.DropThrough(revision);
        Room.Forget();
        if (reload?.Resolution == ConflictResolution.Overwrite)
            PutUnder(content, revision);
        else
            CarryOver(content, revision);
        KeepAll();
    }

    /// <summary>The pending edits go on, carried over the difference as over any operation.</summary>
    private void CarryOver(Document content, long revision)
    {
        var (edits, change) = (_state ?? ClientState.Synchronized(0)).ApplyRemote(DocumentDiff.Compute(_base, content));
        (_base, _state) = (content, ClientState.Synchronized(revision));
        foreach (var edit in new[] { edits.Outstanding, edits.Buffer }.OfType<TextOperation>().Where(edit => !edit.IsNoop))
            (_state, content) = (_state.ApplyLocal(edit), content.Apply(edit));
        _undo.ApplyRemote(change);
        Show(content, change, ChangeOrigin.Reload);
    }

    /// <summary>All that is here becomes one edit of the server's content; nothing changes on show.</summary>
    private void PutUnder(Document content, long revision)
    {
        var edit = DocumentDiff.Compute(content, Content);
        (_base, _state) = (content, ClientState.Synchronized(revision));
        if (!edit.IsNoop)
            _state = _state.ApplyLocal(edit);
    }
}
