namespace RealtimeCollab.Sessions.Leases;

/// <summary>What a registry has to know of the sessions that it keeps.</summary>
internal interface ISession
{
    /// <summary>Work is queued or unsent: it stays in memory.</summary>
    bool IsBusy { get; }

    /// <summary>Takes nothing more, and sees through what is queued.</summary>
    Task CloseAsync();

    /// <summary>It was closed because nobody needed it any more.</summary>
    void OnEvicted();
}
