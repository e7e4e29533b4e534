using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RealtimeCollab.Sessions.Telemetry;

namespace RealtimeCollab.Host.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector, if the environment names one as OpenTelemetry has it: OTEL_EXPORTER_OTLP_ENDPOINT and the other
/// variables of that name. Without one, nothing listens.
/// </summary>
internal sealed class OtlpExport(IConfiguration configuration) : IHostedService, IDisposable
{
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private MeterProvider? _meters;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(configuration[EndpointSetting]))
            return Task.CompletedTask;
        // a service name, or more, from the environment goes before this one
        var resource = ResourceBuilder.CreateDefault().AddService("realtimecollab").AddEnvironmentVariableDetector();
        _meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(CollabTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter()
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(CollabTelemetry.Name)
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what there is left.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _meters?.Dispose();
    }
}
