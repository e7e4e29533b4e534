namespace RealtimeCollab.LoadTester.Faults.Checking;

/// <summary>A promise that was broken.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Where">The document or room.</param>
/// <param name="What">What is wrong, for people; without anybody's text.</param>
internal sealed record Violation(ViolationKind Kind, string Where, string What);

/// <summary>The promises.</summary>
internal enum ViolationKind
{
    /// <summary>An operation or message that was acknowledged is not in the store.</summary>
    Lost,

    /// <summary>An operation or message is in the store more than once.</summary>
    Doubled,

    /// <summary>Something is in the store that nobody sent.</summary>
    Invented,

    /// <summary>The store's order has a gap, or goes back.</summary>
    Gap,

    /// <summary>Somebody was told another order than the store's, or than somebody else was.</summary>
    OrderDiffers,

    /// <summary>Somebody shows another content than the log leads to.</summary>
    ContentDiffers,

    /// <summary>What somebody wrote is not in the text once, or what somebody took back is.</summary>
    EditDiffers,

    /// <summary>Somebody who was there was not shown a message.</summary>
    Missed,

    /// <summary>Somebody did not get going again, or not to rest.</summary>
    NotRecovered,
}
