namespace RealtimeCollab.Server.Followers;

/// <summary>Marks endpoints that an EventSource opens: it can set no header, so a token or ticket in the query counts there.</summary>
internal sealed class TicketInQuery
{
    /// <summary>Of the query value that holds a ticket.</summary>
    public const string Name = "ticket";

    public static TicketInQuery Allowed { get; } = new();
}
