using System.Security.Cryptography;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.Client.Replica;

/// <summary>
/// The one operation in flight, exactly as it was sent first: what is sent again is the same, whatever the pending
/// operation has been transformed to since.
/// </summary>
internal sealed class InFlightOperation(SubmitOperationRequest request)
{
    public SubmitOperationRequest Request { get; } = request;

    public string OperationId => Request.OperationId;

    /// <summary>The call over the present connection that sends it; null if it has to be sent yet, or again.</summary>
    public SubmitPending? Call { get; set; }

    /// <summary>How often the document was joined again because of it; what is sent next waits accordingly.</summary>
    public int Rejoins { get; set; }

    /// <summary>The result has come: it is in the store, whether or not the log has led here yet.</summary>
    public bool IsSaved { get; set; }

    /// <summary>128 random bits, in hexadecimal digits.</summary>
    public static string NewOperationId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
