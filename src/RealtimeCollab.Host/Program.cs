using RealtimeCollab.Host;
using RealtimeCollab.Host.Status;
using RealtimeCollab.Host.Telemetry;
using RealtimeCollab.Redis;
using RealtimeCollab.Server;

if (args is [MoveStoreCommand.Name, ..])
    return await MoveStoreCommand.Create().Parse(args[1..]).InvokeAsync();

var builder = WebApplication.CreateBuilder(args);
builder.AddRealtimeCollab();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.UseRealtimeCollabLimits()));
builder.Services.AddConfiguredStorage(builder.Configuration);
builder.Services.AddHostedService<OtlpExport>();
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown.Timeout);
if (builder.Configuration["RealtimeCollab:Redis:ConnectionString"] is { Length: > 0 } redis)
    builder.Services.AddSignalR().AddRedisBackplane(redis);

var app = builder.Build();
app.MapRealtimeCollab();
app.MapStatusPage();
await app.RunAsync();
return 0;
