using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using RealtimeCollab.Server.Configuration;

namespace RealtimeCollab.Server.Identity;

/// <summary>
/// The keys and the issuer of an OpenID Connect provider, read from its discovery document when they are first needed, again twice a
/// day, and when a token names a key that is not among them.
/// </summary>
internal sealed partial class TokenAuthority(IOptions<RealtimeCollabOptions> options, TimeProvider time, ILogger<TokenAuthority> logger) : IDisposable
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Tokens with keys that nobody knows make us ask the provider no more often than this.</summary>
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(30);

    /// <summary>While nothing is known.</summary>
    private static readonly TimeSpan BetweenFirstReads = TimeSpan.FromSeconds(1);

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly string? _address = options.Value.Auth.Authority?.TrimEnd('/');
    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly SemaphoreSlim _reading = new(1);
    private OpenIdConnectConfiguration? _known;
    private long? _askedAt;
    private long _readAt;

    /// <summary>Whether there is one.</summary>
    public bool IsKnown => _address is not null;

    /// <summary>Has a token checked with the provider's keys and issuer; false if these cannot be read.</summary>
    public async Task<bool> TryApplyAsync(TokenValidationParameters parameters, string keyId)
    {
        if (await FindAsync(keyId) is not { } known)
            return false;
        parameters.IssuerSigningKeys = known.SigningKeys;
        parameters.ValidAlgorithms = Algorithms;
        parameters.ValidateIssuer = true;
        parameters.ValidIssuer ??= known.Issuer;
        return true;
    }

    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    private async Task<OpenIdConnectConfiguration?> FindAsync(string keyId)
    {
        if (Volatile.Read(ref _known) is { } known && Suffices(known, keyId))
            return known;
        await _reading.WaitAsync();
        try
        {
            // whoever waited finds what the one before has read
            var isWanting = _known is null || !Suffices(_known, keyId);
            if (isWanting && (_askedAt is not { } asked || time.GetElapsedTime(asked) >= (_known is null ? BetweenFirstReads : BetweenReads)))
                await ReadAsync();
            return _known;
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool Suffices(OpenIdConnectConfiguration known, string keyId) =>
        time.GetElapsedTime(Volatile.Read(ref _readAt)) < Lifetime && known.SigningKeys.Any(key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal));

    private async Task ReadAsync()
    {
        _askedAt = time.GetTimestamp();
        try
        {
            var documents = new HttpDocumentRetriever(_http) { RequireHttps = new Uri(_address!).Scheme == Uri.UriSchemeHttps };
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(_address + DiscoveryPath, documents, CancellationToken.None);
            // keys may change right after they were first read: the first token that says so need not wait
            if (_known is null)
                _askedAt = null;
            Volatile.Write(ref _readAt, time.GetTimestamp());
            Volatile.Write(ref _known, read);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // what was known before still counts: that the provider is away does not make its keys bad
            CannotRead(logger, _address!, failure);
        }
    }

    [LoggerMessage(ServerEventIds.AuthorityNotRead, LogLevel.Warning, "The keys of the authority {Address} cannot be read.")]
    private static partial void CannotRead(ILogger logger, string address, Exception cause);
}
