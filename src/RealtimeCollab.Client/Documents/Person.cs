using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client;

/// <summary>A client that has the document open. One user may have several: windows, devices.</summary>
public sealed record Person
{
    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's name.</summary>
    public required string UserName { get; init; }

    /// <summary>The user's colour in this document, <c>#rrggbb</c>.</summary>
    public required string Color { get; init; }

    /// <summary>Whether it may write, not only read.</summary>
    public required bool IsEditing { get; init; }

    /// <summary>A label of the device, as its client gave it.</summary>
    public string? Device { get; init; }

    /// <summary>Whether this is the client itself.</summary>
    public required bool IsSelf { get; init; }

    /// <summary>
    /// Where its selections are in <see cref="CollabDocument.Content"/>; null if it has none, and for the client itself, whose are in
    /// <see cref="CollabDocument.Selection"/>.
    /// </summary>
    public Selection? Selection { get; init; }

    internal static Person From(Participant participant, bool isSelf, Selection? selection) => new()
    {
        ClientId = participant.ClientId,
        UserId = participant.UserId,
        UserName = participant.UserName,
        Color = participant.Color,
        IsEditing = participant.IsEditing,
        Device = participant.Device,
        IsSelf = isSelf,
        Selection = selection,
    };
}
