using RealtimeCollab.Protocol;

namespace RealtimeCollab.Client.Connection;

/// <summary>A connection of a client, from the server's Welcome on.</summary>
/// <param name="Number">Counts the connections of a client, so that what belongs to an earlier one is known.</param>
/// <param name="Welcome">The greeting.</param>
internal sealed record GreetedConnection(int Number, WelcomeMessage Welcome);
