using System.Text;

namespace RealtimeCollab.OperationalTransform.Tests.Operations;

public sealed class PairTests
{
    [Theory]
    [MemberData(nameof(PairTables.Compose), MemberType = typeof(PairTables))]
    public void Compose_EachPairOfKinds_GivesOne(string name, string a, string b, string composed)
    {
        Assert.NotEmpty(name);
        Assert.Equal(Operation(composed), Operation(a).Compose(Operation(b)));
    }

    [Theory]
    [MemberData(nameof(PairTables.Transform), MemberType = typeof(PairTables))]
    public void Transform_EachPairOfKinds_GivesBothHalves(string name, string a, string b, string a1, string b1)
    {
        Assert.NotEmpty(name);
        Assert.Equal((Operation(a1), Operation(b1)), TextOperation.Transform(Operation(a), Operation(b)));
    }

    [Fact]
    public void Transform_WinnerB_GivesBTheLeftAndTheAttribute()
    {
        var (a, b) = (Operation("""["A",{"retain":1,"attributes":{"bold":true}}]"""), Operation("""["B",{"retain":1,"attributes":{"bold":false}}]"""));
        var (a1, b1) = TextOperation.Transform(a, b, TieBreak.B);
        Assert.Equal(Operation("""[1,"A",1]"""), a1);
        Assert.Equal(Operation("""["B",1,{"retain":1,"attributes":{"bold":false}}]"""), b1);
    }

    private static TextOperation Operation(string json) => TextOperation.ParseArray(Encoding.UTF8.GetBytes(json));
}
