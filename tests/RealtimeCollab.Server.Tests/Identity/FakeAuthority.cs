using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace RealtimeCollab.Server.Tests.Identity;

/// <summary>An OpenID Connect provider on this machine: a discovery document and the keys of the moment.</summary>
internal sealed class FakeAuthority : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile RsaSecurityKey _key = NewKey();
    private int _keysRead;

    private FakeAuthority(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>How often somebody has read the keys.</summary>
    public int KeysRead => Volatile.Read(ref _keysRead);

    /// <summary>Away: every request fails.</summary>
    public volatile bool IsDown;

    public SigningCredentials Credentials => new(_key, SecurityAlgorithms.RsaSha256);

    public static async Task<FakeAuthority> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var authority = new FakeAuthority(app);
        app.MapGet("/.well-known/openid-configuration", () => authority.Answer(() => new JsonObject
        {
            ["issuer"] = authority.Address,
            ["jwks_uri"] = authority.Address + "/keys",
        }));
        app.MapGet("/keys", () => authority.Answer(authority.ReadKeys));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return authority;
    }

    /// <summary>From now on other keys are valid.</summary>
    public void Rotate() => _key = NewKey();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = RandomNumberGenerator.GetHexString(16) };

    private IResult Answer(Func<JsonObject> body) => IsDown ? Results.StatusCode((int)HttpStatusCode.ServiceUnavailable) : Results.Json(body());

    private JsonObject ReadKeys()
    {
        Interlocked.Increment(ref _keysRead);
        var key = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = _key.KeyId,
                ["n"] = Base64UrlEncoder.Encode(key.Modulus),
                ["e"] = Base64UrlEncoder.Encode(key.Exponent),
            }),
        };
    }
}
