using RealtimeCollab.Server;
using RealtimeCollab.Storage.Sqlite;

var builder = WebApplication.CreateBuilder(args);
var database = Path.Combine(builder.Environment.ContentRootPath, "data", "realtimecollab.db");

builder.AddRealtimeCollab(); // settings: the section RealtimeCollab of appsettings.json, or the environment
builder.Services.AddSqliteStorage(builder.Configuration["RealtimeCollab:Storage:ConnectionString"] ?? $"Data Source={database}");

var app = builder.Build();

app.UseStaticFiles();
app.MapRealtimeCollab();
app.MapFallbackToFile("index.html"); // the path names the document

await app.RunAsync();
