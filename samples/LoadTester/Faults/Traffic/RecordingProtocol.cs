using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.LoadTester.Faults.History;
using RealtimeCollab.Protocol.Documents;

namespace RealtimeCollab.LoadTester.Faults.Traffic;

/// <summary>A client's protocol that notes what crosses the wire, before the client does anything with it.</summary>
internal sealed class RecordingProtocol(IHubProtocol inner, string client, RunRecorder recorder) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var isWhole = inner.TryParseMessage(ref input, binder, out message);
        switch (message)
        {
            case CompletionMessage { Result: SubmitOperationResult result }:
                recorder.Acknowledged(client, result);
                break;
            case CompletionMessage { Result: OperationBatch asked }:
                recorder.Delivered(client, asked.DocumentId, asked.Operations);
                break;
            case CompletionMessage { Result: DocumentSnapshot { Operations: { } missed } snapshot }:
                recorder.Delivered(client, snapshot.DocumentId, missed);
                break;
            case InvocationMessage { Target: nameof(IDocumentClient.OperationsApplied), Arguments: [OperationBatch pushed] }:
                recorder.Delivered(client, pushed.DocumentId, pushed.Operations);
                break;
        }

        return isWhole;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        Note(message);
        inner.WriteMessage(message, output);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        Note(message);
        return inner.GetMessageBytes(message);
    }

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    private void Note(HubMessage message)
    {
        if (message is InvocationMessage { Target: nameof(IDocumentHub.SubmitOperation), Arguments: [SubmitOperationRequest request] })
            recorder.Submitted(client, request);
    }
}
