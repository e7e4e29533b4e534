using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Tests.Support;

namespace RealtimeCollab.Protocol.Tests.Hostile;

/// <summary>Arguments, items and results that do not fit: the call fails, and the connection goes on.</summary>
public sealed class HostileArgumentTests
{
    private const string DocumentId = "aa 64 6f 63 75 6d 65 6e 74 49 64";
    private const string OperationId = "ab 6f 70 65 72 61 74 69 6f 6e 49 64";
    private const string BaseRevision = "ac 62 61 73 65 52 65 76 69 73 69 6f 6e";
    private const string Operation = "a9 6f 70 65 72 61 74 69 6f 6e";
    private const string Selection = "a9 73 65 6c 65 63 74 69 6f 6e";

    /// <summary>Arguments of SubmitOperation, and where System.Text.Json finds them wrong; null if it is not the place that is wrong.</summary>
    public static TheoryData<string, string, string?> BadRequests => new()
    {
        { "an array", "90", "$" },
        { "text", "a1 78", "$" },
        { "nothing in it", "80", "$" },
        { "no operation", $"83 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} 01", "$" },
        { "an operation that is nil", $"84 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} 01 {Operation} c0", "$.operation" },
        { "a document that is a number", $"84 {DocumentId} 05 {OperationId} a1 31 {BaseRevision} 01 {Operation} 90", "$.documentId" },
        { "a document that is nil", $"84 {DocumentId} c0 {OperationId} a1 31 {BaseRevision} 01 {Operation} 90", "$.documentId" },
        { "a revision that is text", $"84 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} a1 78 {Operation} 90", "$.baseRevision" },
        { "a revision of 1.5", $"84 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} cb 3f f8 00 00 00 00 00 00 {Operation} 90", "$.baseRevision" },
        { "a revision beyond 2^63", $"84 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} cf 80 00 00 00 00 00 00 00 {Operation} 90", "$.baseRevision" },
        { "an id of half a pair", $"84 {DocumentId} a1 64 {OperationId} a3 ed a0 bd {BaseRevision} 01 {Operation} 90", null },
        { "an id that is no UTF-8", $"84 {DocumentId} a1 64 {OperationId} a1 ff {BaseRevision} 01 {Operation} 90", null },
        { "a name that is a number", $"85 01 01 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} 01 {Operation} 90", null },
        { "an extension that nobody knows", $"84 {DocumentId} d4 05 00 {OperationId} a1 31 {BaseRevision} 01 {Operation} 90", null },
        { "a time of two bytes", $"84 {DocumentId} d5 ff 00 00 {OperationId} a1 31 {BaseRevision} 01 {Operation} 90", null },
        { "a time of a second of nanoseconds", $"84 {DocumentId} d7 ff ee 6b 28 00 00 00 00 01 {OperationId} a1 31 {BaseRevision} 01 {Operation} 90", null },
        { "a time after the year 9999", $"84 {DocumentId} c7 0c ff 00 00 00 00 7f ff ff ff ff ff ff ff {OperationId} a1 31 {BaseRevision} 01 {Operation} 90", null },
        { "a revision that is not finite", $"84 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} cb 7f f0 00 00 00 00 00 00 {Operation} 90", null },
        { "a selection that is text", $"85 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} 01 {Operation} 90 {Selection} a1 78", null },
        { "a selection of nothing", $"85 {DocumentId} a1 64 {OperationId} a1 31 {BaseRevision} 01 {Operation} 90 {Selection} 80", null },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public void Call_WithABadArgument_FailsAndTheStreamGoesOn(string name, string argument, string? path)
    {
        byte[] call = [.. Wire.Hex("96 01 80 a1 37 af"), .. "SubmitOperation"u8, 0x91, .. Wire.Hex(argument), 0x90];
        var input = new System.Buffers.ReadOnlySequence<byte>([.. Wire.Frame(call), .. Wire.Frame(0x91, 0x06)]);

        Assert.True(Wire.Protocol.TryParseMessage(ref input, new TestBinder(), out var message));
        var failure = Assert.IsType<InvocationBindingFailureMessage>(message);
        Assert.Equal(("7", "SubmitOperation"), (failure.InvocationId, failure.Target));
        var reason = failure.BindingFailure.SourceException;
        Assert.True(path is null || path == (reason as JsonException)?.Path, $"{name}: {reason}");

        Assert.True(Wire.Protocol.TryParseMessage(ref input, new TestBinder(), out var next));
        Assert.Same(PingMessage.Instance, next);
    }

    [Fact]
    public void Call_WithTooManyArguments_Fails()
    {
        var message = Wire.Read(Wire.Frame(Wire.Hex("96 01 80 a1 37 a1 6d 92 01 02 90")), new TestBinder { Arguments = 1 });
        var failure = Assert.IsType<InvocationBindingFailureMessage>(message);
        Assert.Equal("The call has 2 arguments, and the method 1.", failure.BindingFailure.SourceException.Message);
    }

    [Fact]
    public void StreamItem_ThatCannotBeRead_FailsItsStream()
    {
        var message = Wire.Read(Wire.Frame(Wire.Hex("94 02 80 a1 31 a1 ff")));
        Assert.Equal("1", Assert.IsType<StreamBindingFailureMessage>(message).Id);
    }

    [Fact]
    public void Result_ThatCannotBeRead_IsAnErrorOfItsCall()
    {
        var message = Wire.Read(Wire.Frame(Wire.Hex("95 03 80 a1 31 03 2a")), new TestBinder { ReturnType = typeof(SubmitOperationResult) });
        var completion = Assert.IsType<CompletionMessage>(message);
        Assert.StartsWith("The result cannot be read as SubmitOperationResult: ", completion.Error, StringComparison.Ordinal);
        Assert.False(completion.HasResult);
    }

    [Fact]
    public void Result_ThatNobodyAwaits_IsPassedOver()
    {
        byte[] body = [.. Wire.Hex("95 03 80 a9"), .. "forgotten"u8, 0x03, 0x2a];
        var completion = Assert.IsType<CompletionMessage>(Wire.Read(Wire.Frame(body)));
        Assert.Equal(("forgotten", null, null), (completion.InvocationId, completion.Error, completion.Result));
    }

    [Fact]
    public void Result_ForAnotherNode_KeepsItsBytes()
    {
        byte[] frame = Wire.Frame(Wire.Hex("95 03 80 a1 31 03 92 cd 00 2a a1 78"));
        var completion = Assert.IsType<CompletionMessage>(Wire.Read(frame, new TestBinder { ReturnType = typeof(RawResult) }));
        Assert.IsType<RawResult>(completion.Result);
        Assert.Equal(frame, Wire.Write(completion));
    }
}
