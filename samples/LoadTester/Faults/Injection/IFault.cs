namespace RealtimeCollab.LoadTester.Faults.Injection;

/// <summary>Something that goes wrong.</summary>
internal interface IFault
{
    /// <summary>For the table.</summary>
    string Name { get; }

    /// <summary>Lets it go wrong for a while. When it returns, what can be made good again is.</summary>
    Task InjectAsync(FaultSite site, CancellationToken cancellationToken);
}
