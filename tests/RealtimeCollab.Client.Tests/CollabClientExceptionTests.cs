using Microsoft.AspNetCore.SignalR;

namespace RealtimeCollab.Client.Tests;

public sealed class CollabClientExceptionTests
{
    [Theory]
    [InlineData("An unexpected error occurred invoking 'Subscribe' on the server. HubException: document_not_found: No such document: notes.", "document_not_found", "No such document: notes.")]
    [InlineData("rate_limited: Slow down.", "rate_limited", "Slow down.")]
    [InlineData("Failed to invoke 'Subscribe' due to an error on the server.", "operation_failed", "Failed to invoke 'Subscribe' due to an error on the server.")]
    [InlineData("HubException: Not a code: text", "operation_failed", "HubException: Not a code: text")]
    public void FromServer_FindsTheCodeBehindSignalRsOwnWords(string message, string code, string text)
    {
        var refusal = CollabClientException.FromServer(new HubException(message));

        Assert.Equal(code, refusal.Code);
        Assert.Equal(text, refusal.Message);
    }
}
