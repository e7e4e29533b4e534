using RealtimeCollab.OperationalTransform;

namespace RealtimeCollab.Client;

/// <content>What the user does.</content>
public sealed partial class CollabDocument
{
    /// <summary>Whether there is a step to undo.</summary>
    public bool CanUndo => _driver.Read(replica => replica.CanUndo);

    /// <summary>Whether there is a step to redo.</summary>
    public bool CanRedo => _driver.Read(replica => replica.CanRedo);

    /// <summary>Where the user's own selections are, moved along with changes; null when there are none.</summary>
    public Selection? Selection => _driver.Read(replica => replica.Selection);

    /// <summary>Applies an edit that was made for the content as it is now.</summary>
    /// <param name="operation">One that ends early is completed.</param>
    /// <param name="source">Comes back in <see cref="DocumentChangedEventArgs.Source"/>, so that an editor recognises its own edits.</param>
    /// <exception cref="OperationException">It does not fit the content, which may have changed since: see <see cref="Edit(Func{Document, TextOperation}, object?)"/>.</exception>
    /// <exception cref="CollabClientException">
    /// <c>permission_denied</c>, <c>document_too_large</c>, <c>invalid_operation</c> (attributes or embeds in plain text), or
    /// <c>session_not_found</c> (closed). Nothing has changed.
    /// </exception>
    public void Apply(TextOperation operation, object? source = null)
    {
        ArgumentNullException.ThrowIfNull(operation);
        _driver.Drive(replica => replica.Apply(operation, source));
    }

    /// <summary>Makes an edit for the content as it is at that moment, whatever other threads do.</summary>
    /// <param name="edit">Gives the operation for a content; it must not call this document.</param>
    /// <param name="source">Comes back in <see cref="DocumentChangedEventArgs.Source"/>.</param>
    /// <exception cref="OperationException">The operation does not fit.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Edit(Func<Document, TextOperation> edit, object? source = null)
    {
        ArgumentNullException.ThrowIfNull(edit);
        _driver.Drive(replica => replica.Apply(edit(replica.Content), source));
    }

    /// <summary>Makes an edit for the content and the user's own selections as they are at that moment: for one at the caret.</summary>
    /// <param name="edit">Gives the operation for a content and <see cref="Selection"/>; it must not call this document.</param>
    /// <param name="source">Comes back in <see cref="DocumentChangedEventArgs.Source"/>.</param>
    /// <exception cref="OperationException">The operation does not fit.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Edit(Func<Document, Selection?, TextOperation> edit, object? source = null)
    {
        ArgumentNullException.ThrowIfNull(edit);
        _driver.Drive(replica => replica.Apply(edit(replica.Content, replica.Selection), source));
    }

    /// <summary>Inserts text.</summary>
    /// <param name="position">Where, 0 to the content's length.</param>
    /// <param name="text">What.</param>
    /// <param name="attributes">How it is formatted; only in rich text.</param>
    /// <exception cref="OperationException">The position lies outside, or the text holds half a surrogate pair.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Insert(int position, string text, AttributeMap? attributes = null) =>
        Apply(new OperationBuilder().Retain(position).Insert(text, attributes).Build());

    /// <summary>Inserts an embed, such as an image; only in rich text. It has the length 1.</summary>
    /// <param name="position">Where, 0 to the content's length.</param>
    /// <param name="embed">What.</param>
    /// <param name="attributes">How it is formatted.</param>
    /// <exception cref="OperationException">The position lies outside.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void InsertEmbed(int position, Embed embed, AttributeMap? attributes = null) =>
        Apply(new OperationBuilder().Retain(position).InsertEmbed(embed, attributes).Build());

    /// <summary>Deletes text and embeds.</summary>
    /// <param name="position">Where they start.</param>
    /// <param name="length">How much.</param>
    /// <exception cref="OperationException">It reaches past the end.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Delete(int position, int length) => Replace(position, length, "");

    /// <summary>Replaces text.</summary>
    /// <param name="position">Where it starts.</param>
    /// <param name="length">How much goes.</param>
    /// <param name="text">What comes in its place.</param>
    /// <exception cref="OperationException">It reaches past the end, or the text holds half a surrogate pair.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Replace(int position, int length, string text) =>
        Edit(content => TextOperation.Replace(content.Length, position, length, text));

    /// <summary>Sets and removes attributes; only in rich text.</summary>
    /// <param name="position">Where the text starts.</param>
    /// <param name="length">How much of it.</param>
    /// <param name="attributes">What to set; <see cref="AttributeValue.Null"/> removes.</param>
    /// <exception cref="OperationException">It reaches past the end.</exception>
    /// <exception cref="CollabClientException">As for <see cref="Apply"/>.</exception>
    public void Format(int position, int length, AttributeMap attributes) =>
        Apply(new OperationBuilder().Retain(position).Retain(length, attributes).Build());

    /// <summary>Takes back the user's last step, and nothing of what others did.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CollabClientException"><c>permission_denied</c> or <c>session_not_found</c>.</exception>
    public bool Undo() => _driver.Drive(replica => replica.Undo());

    /// <summary>Does again what was taken back last.</summary>
    /// <returns>Whether there was something.</returns>
    /// <exception cref="CollabClientException"><c>permission_denied</c> or <c>session_not_found</c>.</exception>
    public bool Redo() => _driver.Drive(replica => replica.Redo());

    /// <summary>The next edit begins a new step of undo, as after the caret was moved by hand.</summary>
    public void EndUndoStep() => _driver.Drive(replica => replica.EndUndoStep());

    /// <summary>Tells the others where the user's selections are.</summary>
    /// <param name="selection">Positions in <see cref="Content"/>; null when the editor lost the focus.</param>
    /// <exception cref="CollabClientException"><c>invalid_request</c>: it reaches past the end.</exception>
    public void Select(Selection? selection) => _driver.Drive(replica => replica.Select(selection));
}
