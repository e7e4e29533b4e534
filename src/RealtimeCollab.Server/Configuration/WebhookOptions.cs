namespace RealtimeCollab.Server.Configuration;

/// <summary>Whom the server tells over HTTP what happens; settings of the section <c>RealtimeCollab:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// The endpoints by their names: 1 to 64 characters of <c>a-z 0-9 _ -</c>, in any case. What an endpoint is still to be told is kept under its name, so
    /// a name stays when the address changes.
    /// </summary>
    public IDictionary<string, WebhookEndpointOptions> Endpoints { get; } = new Dictionary<string, WebhookEndpointOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether addresses may begin with <c>http:</c> outside the Development environment.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>A document that was not edited for so long has changed.</summary>
    public TimeSpan QuietTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A document that is edited all the time has changed after so long.</summary>
    public TimeSpan LongestTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an endpoint may take to answer.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After so many attempts an event becomes a dead letter.</summary>
    public int MaxAttempts { get; set; } = 20;

    /// <summary>Between the first attempt and the second; then twice as long each time, and up to a half less by chance.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two attempts at most.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Requests to one endpoint at a time, of each node.</summary>
    public int Concurrency { get; set; } = 4;

    /// <summary>How long dead letters are kept.</summary>
    public TimeSpan KeepDeadLetters { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>An endpoint that is told what happens.</summary>
public sealed class WebhookEndpointOptions
{
    /// <summary>An https address; in the Development environment, or with <see cref="WebhookOptions.AllowHttp"/>, also http.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary>What requests are signed with: <c>whsec_</c> and 24 to 64 random bytes in Base64.</summary>
    public string Secret { get; set; } = string.Empty;

    /// <summary>While the endpoint learns a new secret: the other one. Requests are signed with both.</summary>
    public string? OtherSecret { get; set; }

    /// <summary>The names of the events that it is told of, such as <c>document.changed</c>; none: all.</summary>
    public IList<string> Events { get; } = [];
}
