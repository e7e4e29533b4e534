using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RealtimeCollab.Benchmarks.Servers;

/// <summary>The floor: a SignalR hub that passes each edit on to the others of a room. No transformation, no history, no store.</summary>
internal static class RelayServer
{
    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<RelayHub>("/hubs/document", static options => options.Transports = HttpTransportType.WebSockets);
        await app.RunAsync();
        return 0;
    }

    public sealed record Edit(string DocumentId, string OperationId, long BaseRevision, string[] Operation);

    public sealed record Join(string DocumentId);

    public sealed class RelayHub : Hub
    {
        public Task StartEditing(Join request) => Groups.AddToGroupAsync(Context.ConnectionId, request.DocumentId);

        public async Task<int> SubmitOperation(Edit edit)
        {
            await Clients.OthersInGroup(edit.DocumentId).SendAsync("OperationsApplied", edit);
            return 1;
        }
    }
}
