using System.Text.Json.Nodes;
using RealtimeCollab.LoadTester.Results;

namespace RealtimeCollab.LoadTester.Tests.Reports;

public sealed class ResultFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Result_ThatIsWrittenAndRead_IsWrittenTheSameAgain()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await ResultFile.WriteAsync(_path, Results.Typing, cancellation);
        var first = await File.ReadAllTextAsync(_path, cancellation);

        var read = await ResultFile.ReadAsync(_path, cancellation);
        await ResultFile.WriteAsync(_path, read, cancellation);

        Assert.Equal(first, await File.ReadAllTextAsync(_path, cancellation));
        Assert.Equal((Results.Typing.StartedAt, 32.0, 260L), (read.StartedAt, read.Latencies["acknowledged"].Max, read.Timeline[1].Counts["edits"]));
    }

    [Fact]
    public async Task File_HasTheNamesThatTheDocumentationGives()
    {
        await ResultFile.WriteAsync(_path, Results.Typing, TestContext.Current.CancellationToken);
        var json = JsonNode.Parse(await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken))!;

        Assert.Equal(1, (int)json["formatVersion"]!);
        Assert.Equal("typing", (string)json["scenario"]!);
        Assert.Equal(10, (int)json["load"]!["documents"]!);
        Assert.Equal(5, (int)json["load"]!["clientsPerDocument"]!);
        Assert.Equal(8, (double)json["latencies"]!["acknowledged"]!["p99"]!);
        Assert.Equal(16, (double)json["latencies"]!["acknowledged"]!["p999"]!);
        Assert.Equal(90, (double)json["latencies"]!["acknowledged"]!["curve"]![2]!["percentile"]!);
        Assert.Equal(500, (long)json["counts"]!["edits"]!);
        Assert.Equal(400_000, (long)json["traffic"]!["bytesReceived"]!);
        Assert.Equal(3, (double)json["timeline"]![0]!["latencies"]!["seen"]!["p99"]!);
        Assert.True((bool)json["checks"]![0]!["passed"]!);
        Assert.True((bool)json["passed"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"formatVersion": 2}""")]
    [InlineData("""{"formatVersion": "1"}""")]
    [InlineData("""{"formatVersion": 1, "scenario": "typing"}""")]
    public async Task WhatIsNoResultOfThisVersion_IsRefusedWithItsName(string text)
    {
        await File.WriteAllTextAsync(_path, text, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<LoadException>(() => ResultFile.ReadAsync(_path, TestContext.Current.CancellationToken));

        Assert.StartsWith(_path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatDoesNotExist_IsRefusedWithItsName()
    {
        var refusal = await Assert.ThrowsAsync<LoadException>(() => ResultFile.ReadAsync("/nowhere/result.json", TestContext.Current.CancellationToken));

        Assert.StartsWith("/nowhere/result.json", refusal.Message, StringComparison.Ordinal);
    }
}
