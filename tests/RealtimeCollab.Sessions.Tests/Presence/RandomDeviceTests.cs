using System.Globalization;
using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Sessions.Tests.Presence;

/// <summary>
/// Devices of a few users come, go and do things at random; users are always as <see cref="PresenceModel"/> says, and a watcher that had
/// a moment knows it. PRESENCE_SEED repeats one run.
/// </summary>
public sealed class RandomDeviceTests(ITestOutputHelper output)
{
    private const int Runs = 200;
    private const int Steps = 150;

    private static readonly string[] Users = ["ada", "grace", "linus"];
    private static readonly string[] Documents = ["a", "b", "c"];
    private static readonly Availability[] Choices = [Availability.Online, Availability.Away, Availability.Busy];

    [Fact]
    public void Users_OfRandomDevices_AreAsTheModelSays()
    {
        var chosen = Environment.GetEnvironmentVariable("PRESENCE_SEED");
        var seeds = chosen is null ? Enumerable.Range(1, Runs) : [int.Parse(chosen, CultureInfo.InvariantCulture)];
        var seen = new HashSet<Availability>();
        foreach (var seed in seeds)
        {
            try
            {
                Run(new Random(seed), seen);
            }
            catch
            {
                output.WriteLine($"PRESENCE_SEED={seed}");
                throw;
            }
        }

        Assert.Equal(Enum.GetValues<Availability>().Length, seen.Count);
    }

    private static void Run(Random random, HashSet<Availability> seen)
    {
        using var fixture = new PresenceFixture();
        var model = new PresenceModel(PresenceFixture.Options);
        var watcher = fixture.Watch(Users);
        var open = new List<(PresenceConnection Connection, PresenceModel.Socket Socket)>();
        for (var step = 0; step < Steps; step++)
        {
            fixture.Time.Advance(Pause(random));
            Act(random, fixture, model, open);
            foreach (var user in Users)
                seen.Add(AssertAgree(model, fixture.Get(user), fixture.Time.GetUtcNow(), $"{user} at step {step}").Status);
        }

        SettleAtRest(fixture, model);
        foreach (var user in Users)
        {
            if (watcher.Latest(user) is { } latest)
                AssertAgree(model, latest, fixture.Time.GetUtcNow(), $"{user} to the watcher");
            else
                Assert.Equal(Availability.Offline, fixture.StatusOf(user));
        }
    }

    private static void Act(
        Random random, PresenceFixture fixture, PresenceModel model, List<(PresenceConnection Connection, PresenceModel.Socket Socket)> open)
    {
        var now = fixture.Time.GetUtcNow();
        if (open.Count == 0 || (open.Count < 8 && random.Next(4) == 0))
        {
            var (user, client) = (Users[random.Next(Users.Length)], $"client{random.Next(2)}");
            open.Add((fixture.Connect(user, client), model.Open(user, client, now)));
            return;
        }

        var index = random.Next(open.Count);
        var (connection, socket) = open[index];
        switch (random.Next(8))
        {
            case 0:
                var wasSilent = random.Next(2) == 0;
                connection.Close(wasSilent);
                socket.CountsUntil = now + (wasSilent ? PresenceFixture.Options.SilentLeaveGrace : PresenceFixture.Options.LeaveGrace);
                open.RemoveAt(index);
                break;
            case 1:
                connection.Edit();
                model.Happen(socket, PresenceModel.What.Edit, now);
                break;
            case 2:
                connection.Act();
                model.Happen(socket, PresenceModel.What.Act, now);
                break;
            case 3:
                connection.Beat(isActive: true);
                model.Happen(socket, PresenceModel.What.Act, now);
                break;
            case 4:
                connection.Beat(isActive: false);
                model.Happen(socket, PresenceModel.What.Idle, now);
                break;
            case 5:
                var (status, text) = (Choices[random.Next(Choices.Length)], random.Next(2) == 0 ? null : $"text {random.Next(100)}");
                connection.SetStatus(status, text);
                model.Happen(socket, PresenceModel.What.Choose, now, status, text);
                break;
            case 6:
                var joined = Documents[random.Next(Documents.Length)];
                connection.Join(joined);
                socket.Documents.Add(joined);
                break;
            default:
                var left = Documents[random.Next(Documents.Length)];
                connection.Leave(left);
                socket.Documents.Remove(left);
                break;
        }
    }

    private static UserPresence AssertAgree(PresenceModel model, UserPresence user, DateTimeOffset at, string where)
    {
        var expected = model.Of(user.UserId, at);
        var actual = (user.Status, user.Text, string.Join(' ', user.Devices.Select(device => device.ClientId)), string.Join(' ', user.Documents));
        Assert.True(expected == actual, $"{where}: expected {expected}, is {actual}");
        return user;
    }

    /// <summary>Until nothing ended by itself while the watcher was being told.</summary>
    private static void SettleAtRest(PresenceFixture fixture, PresenceModel model)
    {
        DateTimeOffset before;
        do
        {
            before = fixture.Time.GetUtcNow();
            fixture.Settle();
        }
        while (Users.Any(user => model.Of(user, before) != model.Of(user, fixture.Time.GetUtcNow())));
    }

    /// <summary>Mostly a moment, at times just long enough for something to end by itself.</summary>
    private static TimeSpan Pause(Random random) => random.Next(10) switch
    {
        < 6 => TimeSpan.FromMilliseconds(random.Next(1, 2_000)),
        6 => PresenceFixture.Options.LeaveGrace,
        7 => PresenceFixture.Options.EditingLasts - TimeSpan.FromMilliseconds(random.Next(1, 20)),
        8 => TimeSpan.FromSeconds(random.Next(1, 60)),
        _ => PresenceFixture.Options.AwayAfter - TimeSpan.FromSeconds(random.Next(2)),
    };
}
