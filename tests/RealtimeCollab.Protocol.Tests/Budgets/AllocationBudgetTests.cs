using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.OperationalTransform;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Tests.Support;
using RealtimeCollab.Testing;

namespace RealtimeCollab.Protocol.Tests.Budgets;

/// <summary>What the hot messages may allocate, in bytes each.</summary>
public sealed class AllocationBudgetTests(ITestOutputHelper output)
{
    private const int WarmUp = 1000;
    private const int Steps = 4000;

    /// <summary>A collection may empty a pool, which is then filled again, once.</summary>
    private const int Slack = 2;

    private static readonly IInvocationBinder Binder = new HotBinder();

    private static readonly Dictionary<string, (long Budget, Func<Action<int>> Step)> Scenarios = new(StringComparer.Ordinal)
    {
        ["write OperationsApplied"] = (0, WriteApplied),
        ["write OperationsApplied for a room, whose bytes are kept"] = (224, WriteAppliedForRoom),
        ["write the result of SubmitOperation"] = (0, WriteResult),
        ["read SubmitOperation"] = (552, ReadSubmit),
        ["read SubmitOperation in segments"] = (552, ReadSubmitInSegments),
        ["read OperationsApplied"] = (568, ReadApplied),
    };

    public static TheoryData<string> Names => [.. Scenarios.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_RepeatedThousandsOfTimes_StaysInItsBudget(string name)
    {
        var (budget, step) = Scenarios[name];
        var each = Allocations.PerStep(step(), WarmUp, Steps);
        output.WriteLine($"{each:F0} bytes of {budget}");
        Assert.True(each <= budget + Slack, $"{name}: {each:F0} bytes, budget {budget}.");
        Assert.True(each >= budget * 0.6, $"{name}: {each:F0} bytes are far below the budget of {budget}: lower it.");
    }

    private static Action<int> WriteApplied()
    {
        var message = Applied();
        var buffer = new ArrayBufferWriter<byte>(1024);
        return _ =>
        {
            buffer.ResetWrittenCount();
            Wire.Protocol.WriteMessage(message, buffer);
        };
    }

    private static Action<int> WriteAppliedForRoom()
    {
        var message = Applied();
        return _ => Wire.Protocol.GetMessageBytes(message);
    }

    private static Action<int> WriteResult()
    {
        var message = CompletionMessage.WithResult("7", new SubmitOperationResult { DocumentId = "notes", OperationId = "a1", Revision = 2 });
        var buffer = new ArrayBufferWriter<byte>(1024);
        return _ =>
        {
            buffer.ResetWrittenCount();
            Wire.Protocol.WriteMessage(message, buffer);
        };
    }

    private static Action<int> ReadSubmit() => Read(Wire.Write(Submit()));

    private static Action<int> ReadSubmitInSegments()
    {
        var segments = Wire.InSegments(Wire.Write(Submit()), 16);
        return _ => Read(segments);
    }

    private static Action<int> ReadApplied() => Read(Wire.Write(Applied()));

    private static Action<int> Read(byte[] frame)
    {
        var input = new ReadOnlySequence<byte>(frame);
        return _ => Read(input);
    }

    private static void Read(ReadOnlySequence<byte> input)
    {
        if (!Wire.Protocol.TryParseMessage(ref input, Binder, out var message) || message is not InvocationMessage)
            throw new InvalidOperationException("The message was not read.");
    }

    private static InvocationMessage Submit() => new("7", "SubmitOperation",
    [
        new SubmitOperationRequest
        {
            DocumentId = "notes", OperationId = "0123456789abcdef", BaseRevision = 1234, Operation = TextOperation.Replace(10_000, 5_000, 0, "x"),
            Selection = new Selection([new SelectionRange(5_001, 5_001)]),
        },
    ]);

    private static InvocationMessage Applied() => new("OperationsApplied",
    [
        new OperationBatch
        {
            DocumentId = "notes",
            FromRevision = 1234,
            Operations =
            [
                new CommittedOperation
                {
                    Revision = 1235, ClientId = "ada-laptop", UserId = "ada", OperationId = "0123456789abcdef",
                    Operation = TextOperation.Replace(10_000, 5_000, 0, "x"), Timestamp = DateTimeOffset.UnixEpoch,
                },
            ],
        },
    ]);

    /// <summary>What a connection has: types and names that are made once.</summary>
    private sealed class HotBinder : IInvocationBinder
    {
        private readonly Type[] _submit = [typeof(SubmitOperationRequest)];
        private readonly Type[] _applied = [typeof(OperationBatch)];

        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => utf8Bytes.SequenceEqual("SubmitOperation"u8) ? "SubmitOperation" : "OperationsApplied";

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName == "SubmitOperation" ? _submit : _applied;

        public Type GetReturnType(string invocationId) => typeof(SubmitOperationResult);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
