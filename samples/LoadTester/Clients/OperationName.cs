using System.Globalization;

namespace RealtimeCollab.LoadTester.Clients;

/// <summary>
/// The ids of a client's operations: its own id and a number from 1 on. As a client has one operation under way and sends it again under the
/// same id until it is acknowledged, its numbers stand in the log in order, each once, without a gap: that is what a check looks for.
/// </summary>
internal static class OperationName
{
    public static string Of(string clientId, long number) => string.Create(CultureInfo.InvariantCulture, $"{clientId}.{number}");

    /// <summary>Takes an id apart.</summary>
    /// <returns>Number 0 if the id is of another make.</returns>
    public static (string ClientId, long Number) Parse(string operationId)
    {
        var dot = operationId.LastIndexOf('.');
        return dot > 0 && long.TryParse(operationId.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (operationId[..dot], number)
            : (operationId, 0);
    }
}
