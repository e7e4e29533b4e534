namespace RealtimeCollab.Client.Hubs;

/// <summary>Several registrations that end together.</summary>
internal sealed class Registrations(params IDisposable[] all) : IDisposable
{
    public void Dispose()
    {
        foreach (var registration in all)
            registration.Dispose();
    }
}
