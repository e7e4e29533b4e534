using System.Diagnostics.CodeAnalysis;
using RealtimeCollab.Client.Keeping;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <content>What the user does: edits, takes back, selects; and what moves along with the text on show.</content>
internal sealed partial class DocumentReplica
{
    private readonly UndoManager _undo = new(options.TimeProvider);
    private bool _selectionIsNews;

    /// <summary>Whether edits are refused here: the document was opened so, or the role does not allow them.</summary>
    public bool IsReadOnly => options.ReadOnly || Role < DocumentRole.Editor;

    /// <summary>Where the user's own selections are, in the content as it stands; null when there are none.</summary>
    public Selection? Selection { get; private set; }

    public bool CanUndo => _undo.CanUndo;

    public bool CanRedo => _undo.CanRedo;

    /// <summary>Applies a local edit at once, and sends it when its turn comes.</summary>
    /// <param name="operation">For the content as it stands; one that ends early is completed.</param>
    /// <param name="source">Comes back with the change.</param>
    /// <exception cref="OperationException">It does not fit the content.</exception>
    /// <exception cref="CollabClientException">The document does not take edits, or not this one.</exception>
    public void Apply(TextOperation operation, object? source = null)
    {
        RequireEditable();
        var complete = operation.CompleteTo(Content.Length);
        RequireAccepted(complete);
        var edited = Content.Apply(complete);
        if (complete.IsNoop)
            return;

        _undo.ApplyLocal(complete, Content);
        Edit(edited, complete, ChangeOrigin.Local, source);
    }

    /// <summary>Takes back the user's last step.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CollabClientException">The document does not take edits.</exception>
    public bool Undo() => Revert(_undo.Undo, ChangeOrigin.Undo);

    /// <summary>Does again what was taken back last.</summary>
    /// <returns>Whether there was something.</returns>
    /// <exception cref="CollabClientException">The document does not take edits.</exception>
    public bool Redo() => Revert(_undo.Redo, ChangeOrigin.Redo);

    /// <summary>The next edit begins a new step of undo.</summary>
    public void EndUndoStep() => _undo.EndStep();

    /// <summary>Tells the others where the user's own selections are.</summary>
    /// <exception cref="CollabClientException">It reaches past the end.</exception>
    public void Select(Selection? selection)
    {
        if (selection is not null && !selection.FitsIn(Content.Length))
            throw new CollabClientException(ErrorCodes.InvalidRequest, "The selection reaches past the end of the document.");

        _selectionIsNews |= !Equals(Selection, selection);
        Selection = selection;
        SendSelectionIfSynchronized();
    }

    private bool Revert(Func<Document, TextOperation?> step, ChangeOrigin origin)
    {
        RequireEditable();
        if (step(Content) is not { } operation)
            return false;

        Edit(Content.Apply(operation), operation, origin, source: null);
        return true;
    }

    private void Edit(Document edited, TextOperation operation, ChangeOrigin origin, object? source)
    {
        _state = _state!.ApplyLocal(operation);
        WasRejected = false;
        options.Keep?.Invoke(new Edited(operation));
        Show(edited, operation, origin, source);
        SendPending();
        UpdateState();
    }

    /// <summary>The content is another now: all that has a place in it moves along, and it is told.</summary>
    private void Show(Document content, TextOperation operation, ChangeOrigin origin, object? source = null, CommittedOperation? entry = null)
    {
        Content = content;
        Selection = Selection?.Transform(operation);
        Room.Transform(operation);
        Emit(new ContentChanged(new DocumentChangedEventArgs(origin, operation, content, entry, source)));
    }

    [MemberNotNull(nameof(_state))]
    private void RequireEditable()
    {
        if (!HasContent || ClosedReason is not null)
            throw new CollabClientException(ErrorCodes.SessionNotFound, "The document is closed.");
        if (IsReadOnly || Conflict is { Code: ErrorCodes.PermissionDenied })
            throw new CollabClientException(ErrorCodes.PermissionDenied, "The document is open to be read only.");
    }

    private void RequireAccepted(TextOperation operation)
    {
        if (operation.IsRich && ContentType == ContentType.Text)
            throw new CollabClientException(ErrorCodes.InvalidOperation, "A document of plain text takes no attributes and no embeds.");
        if (operation.TargetLength > Limits.MaxDocumentLength && operation.TargetLength > operation.BaseLength)
            throw new CollabClientException(ErrorCodes.DocumentTooLarge, "The document would become longer than the server takes.");
    }

    private void SendSelectionIfSynchronized()
    {
        if (!_selectionIsNews || !IsUpToDate || _state.Outstanding is not null)
            return;

        _selectionIsNews = false;
        Emit(new SendSelection(new UpdateSelectionRequest { DocumentId = documentId, Revision = Revision, Selection = Selection }));
    }
}
