# The Host. docs/operations.md says what it needs; built from the root of the repository:  docker build -t realtimecollab .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig README.md LICENSE ./
COPY src ./src
# compiled ahead: the first to join after a start wait a third less for the compiler
RUN dotnet publish src/RealtimeCollab.Host -c Release -o /app --use-current-runtime --no-self-contained -p:PublishReadyToRun=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# SQLite's file, where it is the store; owned by the user that the image runs as
RUN mkdir -p /data && chown "$APP_UID" /data
VOLUME /data
USER $APP_UID
ENV ASPNETCORE_URLS=http://0.0.0.0:8080 \
    RealtimeCollab__Storage__ConnectionString="Data Source=/data/realtimecollab.db"
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "RealtimeCollab.Host.dll"]
