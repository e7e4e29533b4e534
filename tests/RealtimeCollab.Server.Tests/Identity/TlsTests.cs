using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Identity;

/// <summary>TLS by Kestrel's own settings, as docs/security.md names them.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Password = "of the certificate's file";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("collab-tls-");
    private readonly X509Certificate2 _certificate = CreateCertificate();

    [Fact]
    public async Task Certificate_InKestrelsSettings_SecuresHubsAndHttp()
    {
        await using var app = await StartAsync();
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { _certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = app.Address };
        using var live = await http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        var token = TestTokens.Sign(TestTokens.Key, "alice", TestTokens.Future);
        await using var client = await RawHubClient.ConnectAsync(
            app.Address, token, configure: socket => socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => IsOurs(shown));
        Assert.Equal("alice", (string?)(await client.NextAsync("Welcome"))["userId"]);
    }

    [Fact]
    public async Task Port_WithTls_AnswersNobodyWithoutIt()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(
            new UriBuilder(app.Address) { Scheme = Uri.UriSchemeHttp, Path = "/health/live" }.Uri, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    private Task<TestApp> StartAsync()
    {
        var file = Path.Combine(_folder.FullName, "server.pfx");
        File.WriteAllBytes(file, _certificate.Export(X509ContentType.Pfx, Password));
        return TestApp.StartAsync(new TestAppOptions
        {
            Url = "https://127.0.0.1:0",
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Kestrel:Certificates:Default:Path"] = file,
                ["Kestrel:Certificates:Default:Password"] = Password,
                ["RealtimeCollab:Auth:SigningKey"] = TestTokens.Key,
            },
        });
    }

    private bool IsOurs(X509Certificate? shown) => shown?.GetCertHashString(HashAlgorithmName.SHA256) == _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
