namespace RealtimeCollab.Client;

/// <summary>Something failed that endangers no edit, or that goes on by itself.</summary>
/// <param name="error">What failed.</param>
public sealed class CollabErrorEventArgs(CollabClientException error) : EventArgs
{
    /// <summary>What failed, with its code.</summary>
    public CollabClientException Error { get; } = error;
}
