using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace RealtimeCollab.Server.OpenApi;

/// <summary>The description as it is sent. It is the same for everyone and asked for without a token, so it is written once.</summary>
internal sealed class WrittenDescription([FromKeyedServices(OpenApiDescription.Name)] IOpenApiDocumentProvider provider) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private volatile byte[]? _json;

    /// <summary>The JSON in UTF-8. Goes on if who asks leaves: the next one wants it too.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync()
    {
        if (_json is { } written)
            return written;
        await _writing.WaitAsync();
        try
        {
            return _json ??= await WriteAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task<byte[]> WriteAsync()
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None));
    }
}
