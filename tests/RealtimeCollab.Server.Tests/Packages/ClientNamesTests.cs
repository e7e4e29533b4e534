namespace RealtimeCollab.Server.Tests.Packages;

/// <summary>docs/clients.md says how the clients' names go together; both clients have these names, and no others.</summary>
public sealed class ClientNamesTests
{
    private static readonly IReadOnlyList<NameTable> Tables = ClientNames.ReadTables();

    [Fact]
    public void Tables_NameEveryMemberOfTheTypeScriptClient_AndNoOther() => Assert.All(Tables, table =>
        Assert.Equal(
            table.TypeScriptTypes.SelectMany(ClientNames.TypeScriptMembersOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            table.TypeScriptMembers.Order(StringComparer.Ordinal)));

    [Fact]
    public void Tables_NameEveryMemberOfTheDotNetClient_AndNoOther() => Assert.All(Tables, table =>
        Assert.Equal(
            table.DotNetTypes.SelectMany(ClientNames.DotNetMembersOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            table.DotNetMembers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    [Fact]
    public void Tables_AreThoseOfTheTypesThatUsersMeetFirst()
    {
        string[] expected = ["CollabClient", "CollabDocument", "DocumentConflict", "DocumentEvents", "OpenOptions", "Person", "PresenceClient", "ServerLimits"];

        Assert.Subset(Tables.SelectMany(table => table.TypeScriptTypes).ToHashSet(StringComparer.Ordinal), expected.ToHashSet(StringComparer.Ordinal));
        Assert.All(Tables, table => Assert.NotEmpty(table.DotNetMembers));
    }

    [Theory]
    [InlineData("DocumentState")]
    [InlineData("ConflictResolution")]
    [InlineData("ChangeOrigin")]
    [InlineData("DocumentRole")]
    [InlineData("PresenceStatus")]
    [InlineData("ContentType")]
    public void Values_AreTheSameInBothLanguages(string type)
    {
        var values = ClientNames.TypeScriptValuesOf(type);

        Assert.NotEmpty(values);
        Assert.Equal(
            values.Select(value => char.ToUpperInvariant(value[0]) + value[1..]).Order(StringComparer.Ordinal),
            ClientNames.DotNetMembersOf(type).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Codes_AreTheSameInBothLanguages()
    {
        var (servers, own) = (ClientNames.TypeScriptValuesOf("ErrorCode"), ClientNames.TypeScriptValuesOf("CollabErrorCode"));

        Assert.Equal(ClientNames.DotNetConstantsOf("ErrorCodes").Order(StringComparer.Ordinal), servers.Order(StringComparer.Ordinal));
        Assert.Equal(ClientNames.DotNetConstantsOf("CollabClientException").Order(StringComparer.Ordinal), own.Order(StringComparer.Ordinal));
        Assert.Equal((16, 3), (servers.Count, own.Count));
    }
}
