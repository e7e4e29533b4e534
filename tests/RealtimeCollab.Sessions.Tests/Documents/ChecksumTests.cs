using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Sessions.Documents;
using RealtimeCollab.Sessions.Tests.Support;
using static RealtimeCollab.Sessions.Tests.Support.SessionFixture;

namespace RealtimeCollab.Sessions.Tests.Documents;

public sealed class ChecksumTests
{
    [Fact]
    public async Task Checksum_AtTheHead_IsThatOfTheContent()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");

        Assert.Equal(new ContentChecksum(1, Document.FromText("Hello").ComputeHash()), lease.Session.FindChecksum());
    }

    [Fact]
    public async Task Checksum_WhileTheDocumentChanges_IsMadeOnceEachInterval()
    {
        await using var fixture = new SessionFixture();
        using var lease = await fixture.OpenAsync("Hello");
        var first = lease.Session.FindChecksum();
        Assert.Same(first, lease.Session.FindChecksum());

        await lease.Session.SubmitAsync(Edit(1, """[5,"!"]""", "a"));
        Assert.Null(lease.Session.FindChecksum());
        fixture.Time.Advance(new SessionOptions().ChecksumInterval);

        Assert.Equal(new ContentChecksum(2, Document.FromText("Hello!").ComputeHash()), lease.Session.FindChecksum());
    }
}
