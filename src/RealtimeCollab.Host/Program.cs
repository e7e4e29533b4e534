using RealtimeCollab.Host;
using RealtimeCollab.Server;

if (args is [MoveStoreCommand.Name, ..])
    return await MoveStoreCommand.Create().Parse(args[1..]).InvokeAsync();

var builder = WebApplication.CreateBuilder(args);
builder.AddRealtimeCollab();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.UseRealtimeCollabLimits()));
builder.Services.AddConfiguredStorage(builder.Configuration);

var app = builder.Build();
app.MapRealtimeCollab();
await app.RunAsync();
return 0;
