using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Protocol.Tests.Golden;

/// <summary>Operations that are odd or refused, as the official client sends them: they become what they become in JSON, or are refused for the same reason.</summary>
public sealed class OperationVectorTests
{
    private static readonly Dictionary<string, JsonNode> Rows = File.ReadLines(Repository.PathOf("tests", "vectors", "messagepack-operations.jsonl"))
        .Select(line => JsonNode.Parse(line)!).ToDictionary(row => (string)row["id"]!, StringComparer.Ordinal);

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Operation_OfTheOfficialClient_IsWhatItIsInJson(string id)
    {
        var message = Assert.IsType<InvocationMessage>(Wire.Read(Convert.FromHexString((string)Rows[id]["bytes"]!)));
        var request = Assert.IsType<SubmitOperationRequest>(Assert.Single(message.Arguments));
        Assert.Equal(Outcome(() => TextOperation.Parse(Encoding.UTF8.GetBytes((string)Rows[id]["wire"]!))), Outcome(request.Operation.GetOperation));
    }

    [Fact]
    public void Rows_HoldRefusalsOfManyReasons() =>
        Assert.True(Rows.Values.Select(row => Outcome(() => TextOperation.Parse(Encoding.UTF8.GetBytes((string)row["wire"]!))))
            .Where(outcome => outcome[0] != '[').Distinct(StringComparer.Ordinal).Count() > 10);

    private static string Outcome(Func<TextOperation> read)
    {
        try
        {
            return read().ToString();
        }
        catch (OperationException refusal)
        {
            return refusal.Reason;
        }
    }
}
