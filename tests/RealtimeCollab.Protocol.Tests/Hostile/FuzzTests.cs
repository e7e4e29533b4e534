using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeCollab.Protocol.Documents;
using RealtimeCollab.Protocol.Tests.Golden;
using RealtimeCollab.Protocol.Tests.Support;

namespace RealtimeCollab.Protocol.Tests.Hostile;

/// <summary>Bytes by chance. A failure tells its seed; MESSAGEPACK_SEED in the environment runs that one again.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 20_000;

    private static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MESSAGEPACK_SEED"), out var given) ? given : Environment.TickCount;

    [Fact]
    public void Message_ChangedAnywhere_IsReadOrRefused() => Run((random, vector) =>
    {
        var bytes = (byte[])vector.Bytes.Clone();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    });

    [Fact]
    public void Body_ChangedAndCutUnderAnHonestLength_IsReadOrRefused() => Run((random, vector) =>
    {
        var body = vector.Bytes[(vector.Bytes.Length > 128 ? 2 : 1)..];
        body[random.Next(body.Length)] = (byte)random.Next(256);
        return Wire.Frame(body[..random.Next(body.Length + 1)]);
    });

    [Fact]
    public void Bytes_ByChance_AreReadOrRefused() => Run((random, _) =>
    {
        var body = new byte[random.Next(200)];
        random.NextBytes(body);
        return Wire.Frame([0x95, (byte)random.Next(1, 10), 0x80, 0xa1, 0x31, .. body]);
    });

    private void Run(Func<Random, GoldenVector, byte[]> make)
    {
        output.WriteLine($"MESSAGEPACK_SEED={Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var vector = GoldenVector.All[random.Next(GoldenVector.All.Count)];
            var bytes = make(random, vector);
            var failure = Record.Exception(() => ReadAll(bytes, vector.Binder()));
            Assert.True(failure is null or InvalidDataException, $"MESSAGEPACK_SEED={Seed}, round {round}, {vector}, {Convert.ToHexString(bytes)}: {failure}");
        }
    }

    private static void ReadAll(byte[] bytes, TestBinder binder)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        var before = input.Length;
        while (Wire.Protocol.TryParseMessage(ref input, binder, out var message))
        {
            Assert.True(input.Length < before, "A message was read from nothing.");
            before = input.Length;
            // what was read can be written, and read again
            if (IsForTheWire(message))
                Wire.Read(Wire.Write(message), binder);
        }
    }

    private static bool IsForTheWire(HubMessage message) => message switch
    {
        InvocationBindingFailureMessage or StreamBindingFailureMessage => false,
        InvocationMessage { Arguments: [SubmitOperationRequest request] } => Record.Exception(request.Operation.GetOperation) is null,
        _ => true,
    };
}
