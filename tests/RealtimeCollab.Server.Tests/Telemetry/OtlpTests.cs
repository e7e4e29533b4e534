using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Server.Tests.Host;
using RealtimeCollab.Server.Tests.Support;

namespace RealtimeCollab.Server.Tests.Telemetry;

/// <summary>The Host sends what it measures to a collector that the environment names.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Collector_ThatTheEnvironmentNames_HearsMetricsAndTraces()
    {
        var heard = new ConcurrentDictionary<string, ConcurrentQueue<string>>(StringComparer.Ordinal);
        await using var collector = await StartCollectorAsync(heard);
        await using var host = await HostProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_SERVICE_NAME", "my-collab"));
        await using var alice = await RawHubClient.ConnectAsync(host.Address, await host.GetTokenAsync("alice"));
        await alice.NextAsync("Welcome");
        await alice.InvokeAsync("StartEditing", new { documentId = "d" });
        await alice.InvokeAsync("SubmitOperation", Requests.Submit("d", 0, new JsonArray("x")));
        Assert.Equal(0, (await host.TerminateAsync()).ExitCode);

        AssertHeard(heard, "/v1/metrics", "realtimecollab.submissions", "realtimecollab.commit.duration", "http.server.request.duration", "my-collab");
        AssertHeard(heard, "/v1/traces", "realtimecollab.submit", "my-collab");
    }

    private static void AssertHeard(ConcurrentDictionary<string, ConcurrentQueue<string>> heard, string path, params string[] names)
    {
        // protobuf has strings as they are
        Assert.True(heard.TryGetValue(path, out var bodies), $"Nothing came to {path}.");
        foreach (var name in names)
            Assert.Contains(bodies, body => body.Contains(name, StringComparison.Ordinal));
    }

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentDictionary<string, ConcurrentQueue<string>> heard)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            heard.GetOrAdd(context.Request.Path, _ => new ConcurrentQueue<string>()).Enqueue(Encoding.Latin1.GetString(body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }
}
