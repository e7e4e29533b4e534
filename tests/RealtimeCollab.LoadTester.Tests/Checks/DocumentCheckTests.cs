using RealtimeCollab.LoadTester.Checks;
using RealtimeCollab.LoadTester.Clients;
using RealtimeCollab.LoadTester.Measuring;
using RealtimeCollab.LoadTester.Scenarios;
using RealtimeCollab.LoadTester.Tests.Scenarios;

namespace RealtimeCollab.LoadTester.Tests.Checks;

/// <summary>That the check at the end of a run fails when it has to.</summary>
public sealed class DocumentCheckTests(OwnServer server) : IClassFixture<OwnServer>
{
    private static readonly LoadPlan TwoDocuments = new() { Documents = 2, Clients = 1, Ramp = TimeSpan.Zero, Rate = 20 };

    [Fact]
    public async Task Clients_ThatShowAnotherText_AreNamed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var deployment = new Deployment(server.Address, default, [], new Measurements(TimeProvider.System));
        await using var crowd = new EditorCrowd(new LoadContext(TwoDocuments, deployment));
        await crowd.ConnectAsync(cancellation);
        await TypeAsync(crowd.Editors[0], cancellation);
        await TypeAsync(crowd.Editors[1], cancellation);

        // two documents of as many revisions, taken for one
        crowd.Editors[1].Document!.Insert(0, "x");
        crowd.Editors[0].Document!.Insert(0, "y");
        var check = new DocumentCheck(crowd.Editors[0].DocumentId, crowd.Editors, deployment, TimeSpan.FromMinutes(2));
        await check.CompareAsync(cancellation);
        await check.ReadAnewAsync(crowd.Editors[0].Identity with { Number = 9 }, cancellation);

        var (first, second) = (crowd.Editors[0], crowd.Editors[1]);
        Assert.StartsWith($"{first.DocumentId}: {second.Identity.ClientId} shows another text than {first.Identity.ClientId}", Assert.Single(check.Diverged), StringComparison.Ordinal);
        Assert.StartsWith($"{first.DocumentId}: {second.Identity.ClientId}.", Assert.Single(check.Lost), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_ThatTheServerDoesNotGive_IsNamed()
    {
        using var deployment = new Deployment(server.Address, default, [], new Measurements(TimeProvider.System));
        var check = new DocumentCheck("nobody-made-it", [], deployment, TimeSpan.FromMinutes(2));

        await check.ReadAnewAsync(new ClientIdentity(1, "reader"), TestContext.Current.CancellationToken);

        Assert.StartsWith("nobody-made-it: the server does not give it", Assert.Single(check.Diverged), StringComparison.Ordinal);
    }

    private static async Task TypeAsync(Editor editor, CancellationToken cancellationToken)
    {
        editor.Type(TimeProvider.System.GetTimestamp());
        await editor.Document!.WaitUntilSynchronizedAsync(0, cancellationToken);
    }
}
