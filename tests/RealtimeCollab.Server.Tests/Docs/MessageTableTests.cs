using System.Text.RegularExpressions;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Server.Tests.Docs;

/// <summary>The table of docs/protocol.md for those who come from a protocol of their own.</summary>
public sealed partial class MessageTableTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "protocol.md"));

    private static readonly IReadOnlyList<(IReadOnlyList<string> Messages, string Class, string Method)> Table =
    [
        .. Rows().Matches(Page[Page.IndexOf("## Coming from a protocol written by hand", StringComparison.Ordinal)..]).Select(row =>
            ((IReadOnlyList<string>)[.. Names().Matches(row.Groups["messages"].Value).Select(name => name.Groups["name"].Value)],
                row.Groups["class"].Value, row.Groups["method"].Value)),
    ];

    [Fact]
    public void Table_HasEveryMessage()
    {
        string[] messages =
        [
            "connect", "disconnect", "ping", "pong", "auth", "auth_success", "auth_failed", "join_document", "leave_document", "document_joined",
            "operation", "operation_ack", "cursor_update", "selection_update", "chat_message", "chat_ack", "typing", "mention", "user_online",
            "user_offline", "presence_update", "error", "broadcast", "notification",
            "welcome", "subscribe", "unsubscribe", "start_editing", "stop_editing", "snapshot", "remote_operation", "ack", "cursor", "heartbeat",
            "user_joined", "user_left", "session_info",
        ];
        Assert.Equal(messages.Order(StringComparer.Ordinal), Table.SelectMany(row => row.Messages).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rows_AreBackedByTestsThatExist()
    {
        var tests = typeof(MessageTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(Table, row => Assert.Contains($"{row.Class}.{row.Method}", tests));
    }

    [GeneratedRegex(@"^\| (?<messages>`[a-z_`, ]+`) \|.*\| `(?<class>\w+)\.(?<method>\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`(?<name>[a-z_]+)`")]
    private static partial Regex Names();
}
