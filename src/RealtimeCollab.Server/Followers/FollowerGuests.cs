using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Server.Access;

namespace RealtimeCollab.Server.Followers;

/// <summary>The event streams, and what a change of their users' rights does to them: they end, and who may comes back by revision.</summary>
internal sealed class FollowerGuests(FollowerRegistry followers) : IDocumentGuests
{
    public IEnumerable<IDocumentGuest> Guests => followers.All.Select(follower => new Guest(follower));

    private sealed class Guest(Follower follower) : IDocumentGuest
    {
        public DocumentGrant Grant => follower.Grant;

        public bool IsSettled => follower.Grant.Role >= DocumentRole.Viewer;

        public Task SettleAsync(CancellationToken cancellationToken) => IsSettled ? Task.CompletedTask : EndAsync();

        public Task SuspendAsync() => EndAsync();

        public Task CloseAsync(CancellationToken cancellationToken) => EndAsync();

        private Task EndAsync()
        {
            follower.End();
            return Task.CompletedTask;
        }
    }
}
