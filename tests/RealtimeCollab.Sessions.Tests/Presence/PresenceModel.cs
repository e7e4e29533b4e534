using RealtimeCollab.Sessions.Presence;

namespace RealtimeCollab.Sessions.Tests.Presence;

/// <summary>
/// The rules of presence, once more: everything that happened is kept as it came, and how a user is follows by looking through all
/// of it. Slow, and with nothing to forget to update.
/// </summary>
internal sealed class PresenceModel(PresenceOptions options)
{
    private readonly List<Socket> _sockets = [];
    private readonly List<Happening> _happenings = [];

    public enum What
    {
        Edit,
        Act,
        Idle,
        Choose,
    }

    public Socket Open(string user, string client, DateTimeOffset at)
    {
        var socket = new Socket(user, client, at);
        _sockets.Add(socket);
        return socket;
    }

    public void Happen(Socket socket, What what, DateTimeOffset at, Availability chosen = Availability.Online, string? text = null) =>
        _happenings.Add(new Happening(socket, what, at, chosen, text));

    public (Availability Status, string? Text, string Devices, string Documents) Of(string user, DateTimeOffset at)
    {
        var clients = _sockets.Where(socket => socket.User == user && socket.CountsAt(at)).Select(socket => socket.Client).Distinct().ToList();
        if (clients.Count == 0)
            return (Availability.Offline, null, "", "");
        var devices = clients.Select(client => DeviceOf(user, client, at)).OrderBy(device => device.Since).ThenBy(device => device.Client, StringComparer.Ordinal).ToList();
        var talking = devices.Where(device => device.Choice?.Text is not null)
            .OrderBy(device => device.Choice!.Chosen).ThenBy(device => device.Choice!.At).LastOrDefault();
        var documents = _sockets.Where(socket => socket.User == user && socket.CountsAt(at)).SelectMany(socket => socket.Documents).Distinct().Order(StringComparer.Ordinal);
        return (devices.Max(device => device.Status), talking?.Choice!.Text, string.Join(' ', devices.Select(device => device.Client)), string.Join(' ', documents));
    }

    private Device DeviceOf(string user, string client, DateTimeOffset at)
    {
        var since = SinceOf(user, client, at);
        var mine = _happenings.Where(one => one.Socket.User == user && one.Socket.Client == client && one.At >= since && one.Socket.OpenedAt >= since).ToList();
        var choice = mine.LastOrDefault(one => one.What == What.Choose);
        var edited = mine.LastOrDefault(one => one.What == What.Edit)?.At;
        var active = mine.LastOrDefault(one => one.What != What.Idle)?.At ?? since;
        var lastWord = mine.LastOrDefault();
        Availability status;
        if (edited is { } edit && at - edit < options.EditingLasts)
            status = Availability.Editing;
        else if (choice is not null && choice.Chosen != Availability.Online)
            status = choice.Chosen;
        else
            status = lastWord?.What == What.Idle || at - active >= options.AwayAfter ? Availability.Away : Availability.Online;
        return new Device(client, since, status, choice);
    }

    /// <summary>The device came with the first of the sockets of which there was always one.</summary>
    private DateTimeOffset SinceOf(string user, string client, DateTimeOffset at)
    {
        var since = at;
        while (_sockets.FirstOrDefault(socket => socket.User == user && socket.Client == client && socket.OpenedAt < since && socket.CountsUntil > since) is { } earlier)
            since = earlier.OpenedAt;
        return since;
    }

    internal sealed class Socket(string user, string client, DateTimeOffset openedAt)
    {
        public string User => user;

        public string Client => client;

        public DateTimeOffset OpenedAt => openedAt;

        public DateTimeOffset CountsUntil { get; set; } = DateTimeOffset.MaxValue;

        public HashSet<string> Documents { get; } = [];

        public bool CountsAt(DateTimeOffset at) => openedAt <= at && at < CountsUntil;
    }

    private sealed record Happening(Socket Socket, What What, DateTimeOffset At, Availability Chosen, string? Text);

    private sealed record Device(string Client, DateTimeOffset Since, Availability Status, Happening? Choice);
}
