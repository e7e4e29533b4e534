using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.LoadTester.Tests.Checks;

public sealed class LogAuditTests
{
    [Fact]
    public void Log_WithEveryOperationOnce_HasNoViolation() =>
        Assert.Empty(Audit(["first-text", "a.1", "b.1", "a.2"], ("a", 2), ("b", 1)));

    [Fact]
    public void Log_WithMoreThanWasAcknowledged_HasNoViolation() => Assert.Empty(Audit(["a.1", "a.2"], ("a", 1)));

    [Fact]
    public void AcknowledgedOperation_ThatIsMissingAtTheEnd_IsNamed() =>
        Assert.Equal("d: a.2 was acknowledged, and the log ends at number 1.", Assert.Single(Audit(["a.1"], ("a", 2))));

    [Fact]
    public void Operation_ThatIsMissingInBetween_IsNamed() =>
        Assert.Equal("d: a.3 stands where number 2 belongs.", Assert.Single(Audit(["a.1", "a.3"], ("a", 3))));

    [Fact]
    public void Operation_ThatStandsThereTwice_IsNamed() =>
        Assert.Equal("d: a.1 stands where number 2 belongs.", Assert.Single(Audit(["a.1", "a.1", "a.2"], ("a", 2))));

    [Fact]
    public void Revision_ThatIsLeftOut_IsNamed()
    {
        var audit = new LogAudit("d");
        audit.Read([Entry(1, "a.1"), Entry(3, "a.2")]);

        Assert.Equal("d: revision 3 stands where 2 belongs.", Assert.Single(audit.Finish([("a", 2)])));
    }

    private static IReadOnlyList<string> Audit(string[] operationIds, params (string, long)[] acknowledged)
    {
        var audit = new LogAudit("d");
        audit.Read(operationIds.Select((id, place) => Entry(place + 1, id)));
        return audit.Finish(acknowledged);
    }

    private static CommittedOperation Entry(long revision, string operationId) => new()
    {
        Revision = revision,
        ClientId = "c",
        UserId = "u",
        OperationId = operationId,
        Operation = TextOperation.Noop(0),
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
