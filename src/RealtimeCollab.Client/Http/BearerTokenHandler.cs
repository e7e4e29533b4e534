using System.Net.Http.Headers;

namespace RealtimeCollab.Client.Http;

/// <summary>Puts the user's token on every request.</summary>
internal sealed class BearerTokenHandler(Func<CancellationToken, ValueTask<string?>>? accessToken) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessToken is not null && await accessToken(cancellationToken).ConfigureAwait(false) is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
