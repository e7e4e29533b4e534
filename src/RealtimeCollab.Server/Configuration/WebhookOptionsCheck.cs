using RealtimeCollab.Server.Webhooks;
using RealtimeCollab.Sessions.Storage.Webhooks;

namespace RealtimeCollab.Server.Configuration;

/// <summary>What is wrong with <see cref="WebhookOptions"/>; no message repeats an address or a secret.</summary>
internal static class WebhookOptionsCheck
{
    private const int MaxNameLength = 64;

    public static IEnumerable<string> Check(WebhookOptions options, bool mayUseHttp) =>
    [
        .. options.Endpoints.SelectMany(endpoint => CheckEndpoint(endpoint.Key, endpoint.Value, mayUseHttp || options.AllowHttp)),
        .. CheckTimes(options),
        .. CheckNumbers(options),
    ];

    private static IEnumerable<string> CheckEndpoint(string name, WebhookEndpointOptions endpoint, bool mayUseHttp)
    {
        var path = $"RealtimeCollab:Webhooks:Endpoints:{name}";
        if (name.Length is 0 or > MaxNameLength || !name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_'))
            yield return $"{path} is no name: it has 1 to {MaxNameLength} characters of a-z 0-9 _ -";
        if (!IsAddress(endpoint.Url, mayUseHttp))
            yield return $"{path}:Url is not an https address such as https://app.example/hooks without user, password or fragment (http only in the Development environment, or with RealtimeCollab:Webhooks:AllowHttp).";
        if (!WebhookSecret.TryParse(endpoint.Secret, out _))
            yield return $"{path}:Secret is not {WebhookSecret.Form}.";
        if (endpoint.OtherSecret is not null && !WebhookSecret.TryParse(endpoint.OtherSecret, out _))
            yield return $"{path}:OtherSecret is not {WebhookSecret.Form}.";
        foreach (var unknown in endpoint.Events.Where(one => !WebhookEventNames.TryParse(one, out _)))
            yield return $"{path}:Events has '{unknown}'; it has some of {string.Join(", ", WebhookEventNames.All)}.";
    }

    private static bool IsAddress(string value, bool mayUseHttp) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (mayUseHttp && uri.Scheme == Uri.UriSchemeHttp))
        && uri.UserInfo.Length == 0
        && uri.Fragment.Length == 0;

    private static IEnumerable<string> CheckTimes(WebhookOptions options)
    {
        (string Name, TimeSpan Value, TimeSpan Min, TimeSpan Max)[] bounds =
        [
            (nameof(options.QuietTime), options.QuietTime, TimeSpan.Zero, TimeSpan.FromDays(1)),
            (nameof(options.LongestTime), options.LongestTime, options.QuietTime, TimeSpan.FromDays(1)),
            (nameof(options.AttemptTimeout), options.AttemptTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
            (nameof(options.FirstRetry), options.FirstRetry, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1)),
            (nameof(options.LongestRetry), options.LongestRetry, options.FirstRetry, TimeSpan.FromDays(7)),
            (nameof(options.KeepDeadLetters), options.KeepDeadLetters, TimeSpan.FromHours(1), TimeSpan.FromDays(3650)),
        ];
        return bounds.Where(bound => bound.Value < bound.Min || bound.Value > bound.Max)
            .Select(bound => $"RealtimeCollab:Webhooks:{bound.Name} is {bound.Value}; it is between {bound.Min} and {bound.Max}.");
    }

    private static IEnumerable<string> CheckNumbers(WebhookOptions options)
    {
        (string Name, int Value, int Max)[] bounds =
        [
            (nameof(options.MaxAttempts), options.MaxAttempts, 1000),
            (nameof(options.Concurrency), options.Concurrency, 100),
        ];
        return bounds.Where(bound => bound.Value < 1 || bound.Value > bound.Max)
            .Select(bound => $"RealtimeCollab:Webhooks:{bound.Name} is {bound.Value}; it is between 1 and {bound.Max}.");
    }
}
