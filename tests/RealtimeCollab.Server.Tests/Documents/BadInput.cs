namespace RealtimeCollab.Server.Tests.Documents;

/// <summary>What the server refuses, as JSON, with the code and perhaps the reason; the same over every protocol.</summary>
internal static class BadInput
{
    /// <summary>The text of the document <c>d</c> that these are meant for, at revision 1.</summary>
    public const string Text = "a😀b";

    public static IReadOnlyList<(string Operation, string Code, string? Reason)> Operations { get; } =
    [
        ("[99, \"x\"]", "invalid_operation", "base-length"),
        ("[4, -1]", "invalid_operation", "base-length"),
        ("[2, \"x\"]", "invalid_operation", "split-surrogate"),
        ("[1, -1]", "invalid_operation", "split-surrogate"),
        ("[\"\\ud83d\"]", "invalid_operation", "lone-surrogate"),
        ("[1.5]", "invalid_operation", "number-not-integer"),
        ("[99999999999]", "invalid_operation", "number-out-of-range"),
        ("[{\"retain\": 1, \"attributes\": {\"bold\": true}}]", "invalid_operation", null),
        ("[{\"insert\": {\"image\": \"x\"}}]", "invalid_operation", null),
        ("\"text\"", "invalid_operation", null),
        ("{\"type\": \"explode\"}", "invalid_operation", null),
        ("null", "invalid_request", null),
    ];

    public static IReadOnlyList<(string Method, string Argument, string Code)> Calls { get; } =
    [
        ("Subscribe", """{"documentId": "missing"}""", "document_not_found"),
        ("Subscribe", """{"documentId": "a b"}""", "invalid_request"),
        ("Subscribe", """{"documentId": 5}""", "invalid_request"),
        ("Subscribe", """{"documentId": null}""", "invalid_request"),
        ("Subscribe", "{}", "invalid_request"),
        ("Subscribe", "null", "invalid_request"),
        ("Subscribe", "[]", "invalid_request"),
        ("StartEditing", """{"documentId": "new", "contentType": "binary"}""", "invalid_request"),
        ("StartEditing", """{"documentId": "new", "initialText": "\ud83d"}""", "invalid_request"),
        ("GetOperations", """{"documentId": "d", "fromRevision": -1}""", "invalid_request"),
        ("GetOperations", """{"documentId": "d", "fromRevision": 99}""", "revision_ahead"),
        ("GetOperations", """{"documentId": "d", "fromRevision": 0, "limit": 0}""", "invalid_request"),
        ("GetOperations", """{"documentId": "missing", "fromRevision": 0}""", "document_not_found"),
        ("UpdateSelection", """{"documentId": "d", "revision": 99, "selection": {"ranges": []}}""", "revision_ahead"),
        ("UpdateSelection", """{"documentId": "d", "revision": 1, "selection": {"ranges": [{"anchor": 0, "head": 99}]}}""", "invalid_request"),
        ("UpdateSelection", """{"documentId": "d", "revision": 1, "selection": {"ranges": [{"anchor": -1, "head": 0}]}}""", "invalid_request"),
        ("UpdateSelection", """{"documentId": "missing", "revision": 0}""", "document_not_found"),
        ("StartEditing", """{"documentId": "__proto__"}""", "invalid_request"),
        ("Subscribe", """{"documentId": "__proto__"}""", "invalid_request"),
        ("Heartbeat", """{"documentIds": ["__proto__"]}""", "invalid_request"),
        ("Heartbeat", """{"documentIds": ["a b"]}""", "invalid_request"),
        ("Heartbeat", """{"documentIds": null}""", "invalid_request"),
        ("Heartbeat", """{"documentIds": [null]}""", "invalid_request"),
    ];
}
