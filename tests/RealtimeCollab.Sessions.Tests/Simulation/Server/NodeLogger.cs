using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation.Server;

/// <summary>Counts what sessions log. An error they log only for what nobody foresaw: that is the end of the run.</summary>
internal sealed class NodeLogger<T>(World world) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        world.Tally.Count($"log {eventId.Name}");
        if (logLevel >= LogLevel.Error)
            world.Scheduler.Fail(new SimulationFailure($"A defect was logged: {formatter(state, exception)} {exception}", exception));
    }
}
