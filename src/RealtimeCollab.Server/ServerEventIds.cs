namespace RealtimeCollab.Server;

/// <summary>
/// The numbers of all log events of the server. A number is never used again: that of a removed event stays here, with a note.
/// No event carries document text or tokens.
/// </summary>
internal static class ServerEventIds
{
    public const int UnexpectedFailure = 3001;
    public const int DrainBegan = 3002;
    public const int DrainEnded = 3003;
    public const int StoreNotReady = 3004;
    public const int SlowReceiverCut = 3005;
    public const int StrangerRefused = 3006;
    public const int DrainBroken = 3007;
    public const int RetentionFailed = 3020;

    public const int HookFailed = 3030;
    public const int HookQueueFull = 3031;
    public const int HookQueueLeft = 3032;

    public const int EventsKeyNotShared = 3040;

    public const int WebhookDelivered = 3201;
    public const int WebhookFailed = 3202;
    public const int WebhookGivenUp = 3203;
    public const int WebhookOutboxFailed = 3204;

    public const int BackplaneSlow = 3051;
    public const int BackplaneNotHeard = 3052;
    public const int BackplaneUnreadable = 3053;
    public const int BackplaneNobodyHas = 3054;

    public const int AccessBlind = 3110;
    public const int AccessSeesAgain = 3111;
    public const int AccessNotAsked = 3112;
    public const int MemberChanged = 3113;
    public const int MemberRemoved = 3114;
    public const int LinkRedeemed = 3115;
    public const int AuthorityNotRead = 3116;
}
