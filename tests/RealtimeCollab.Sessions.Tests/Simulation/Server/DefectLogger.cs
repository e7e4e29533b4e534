using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Tests.Simulation.Machinery;

namespace RealtimeCollab.Sessions.Tests.Simulation.Server;

/// <summary>Sessions log an error only for what nobody foresaw: that is the end of the run.</summary>
internal sealed class DefectLogger<T> : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            throw new SimulationFailure($"A defect was logged: {formatter(state, exception)} {exception}", exception);
    }
}
