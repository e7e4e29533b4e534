namespace RealtimeCollab.OperationalTransform.Tests.Documents;

/// <summary>A document in the simplest way that can be right: as the operation that inserts its content, changed by composing.</summary>
internal sealed record DocumentModel(TextOperation Content)
{
    public static DocumentModel Of(Document document)
    {
        var content = new OperationBuilder();
        foreach (var chunk in document.Chunks)
        {
            if (chunk.Embed is { } embed)
                content.InsertEmbed(embed, chunk.Attributes);
            else
                content.Insert(chunk.Text.ToString(), chunk.Attributes);
        }

        return new DocumentModel(content.Build());
    }

    public DocumentModel Apply(TextOperation operation) => new(Content.Compose(operation));

    /// <summary>Content is inserts only, so its array form is the content of a rich document.</summary>
    public string ToJson() => Content.ToString();
}
