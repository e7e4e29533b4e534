namespace RealtimeCollab.Sessions.Documents;

/// <summary>How long a turn goes on trying while the store fails: counted from the first failure.</summary>
internal sealed class StorePatience(SessionServices services)
{
    private long? _since;

    public bool HasStarted => _since is not null;

    public bool IsOver
    {
        get
        {
            Start();
            return services.Time.GetElapsedTime(_since!.Value) >= services.Options.StorePatience;
        }
    }

    public void Start() => _since ??= services.Time.GetTimestamp();
}
