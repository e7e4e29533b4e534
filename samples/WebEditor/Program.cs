using RealtimeCollab.Redis;
using RealtimeCollab.Server;
using RealtimeCollab.Storage.PostgreSql;
using RealtimeCollab.Storage.Sqlite;

var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration.GetSection("RealtimeCollab"); // of appsettings.json, or the environment

builder.AddRealtimeCollab();
var database = settings["Storage:ConnectionString"];
if (settings["Storage:Provider"] is "postgresql")
    builder.Services.AddPostgreSqlStorage(database ?? throw new InvalidOperationException("RealtimeCollab:Storage:ConnectionString is missing."));
else
    builder.Services.AddSqliteStorage(database ?? $"Data Source={Path.Combine(builder.Environment.ContentRootPath, "data", "realtimecollab.db")}");
if (settings["Redis:ConnectionString"] is { Length: > 0 } redis)
    builder.Services.AddSignalR().AddRedisBackplane(redis); // joins it with others on the same PostgreSQL

var app = builder.Build();

app.UseStaticFiles();
app.MapRealtimeCollab();
app.MapFallbackToFile("index.html"); // the path names the document

await app.RunAsync();
