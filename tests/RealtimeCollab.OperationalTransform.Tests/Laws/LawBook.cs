namespace RealtimeCollab.OperationalTransform.Tests.Laws;

/// <summary>All laws, for the tests and for fuzzing.</summary>
internal static class LawBook
{
    public static IReadOnlyList<Law> All { get; } =
    [
        .. OperationLaws.Of(rich: false), .. OperationLaws.Of(rich: true),
        .. DocumentLaws.All, .. WireLaws.All, .. SessionLaws.Of(rich: false), .. SessionLaws.Of(rich: true), .. UndoLaws.All,
    ];
}
