using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RealtimeCollab.Sessions.Chat;
using RealtimeCollab.Sessions.Presence;
using RealtimeCollab.Sessions.Storage;
using RealtimeCollab.Sessions.Storage.Chat;

namespace RealtimeCollab.Sessions.PersonalData;

/// <summary>
/// Forgets a user: their messages end, in front of those who are in the room; mentions of them and reactions of theirs go; so do memberships,
/// read marks, notifications and what presence remembers. What they wrote into documents stays, under a pseudonym.
/// </summary>
public sealed partial class PersonalDataEraser
{
    private const int PseudonymDigits = 16;

    private readonly MessageSweep _sweep;
    private readonly IReadOnlyList<IPersonalDataStore> _stores;
    private readonly PresenceTracker _presence;
    private readonly ILogger _logger;

    /// <summary>Over everything that holds something of a person.</summary>
    public PersonalDataEraser(
        ChatRooms rooms,
        IMessageStore messages,
        IChatArchive archive,
        IEnumerable<IPersonalDataStore> stores,
        PresenceTracker presence,
        ILogger<PersonalDataEraser> logger)
    {
        ArgumentNullException.ThrowIfNull(stores);
        _sweep = new MessageSweep(rooms, messages, archive);
        (_stores, _presence, _logger) = ([.. stores], presence, logger);
    }

    /// <summary>
    /// Forgets a user, for good. The application sees to it that the user is not let in again before. A call that failed may be repeated; one for
    /// a user who is not known finds nothing.
    /// </summary>
    /// <exception cref="CollabException"><see cref="CollabError.StoreUnavailable"/> or <see cref="CollabError.ServerDraining"/>.</exception>
    public async Task<Erasure> EraseAsync(string userId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        var pseudonym = $"erased-{RandomNumberGenerator.GetHexString(PseudonymDigits, lowercase: true)}";
        long messages = 0;
        await foreach (var room in _sweep.RoomsAsync(cancellationToken))
            messages += await ForgetAsync(room, userId, cancellationToken);
        long rows = 0;
        foreach (var store in _stores)
            rows += await store.EraseAsync(userId, pseudonym, cancellationToken);
        _presence.Forget(userId);
        Erased(_logger, pseudonym, messages, rows);
        return new Erasure(pseudonym, messages, rows);
    }

    private async ValueTask<long> ForgetAsync(RoomHead room, string userId, CancellationToken cancellationToken)
    {
        long changed = 0;
        await foreach (var page in _sweep.PagesAsync(room, afterSequence: 0, cancellationToken))
        {
            string[] traces = [.. page.Where(message => ForgetUser.IsIn(message, userId)).Select(message => message.MessageId)];
            if (traces.Length == 0)
                continue;
            await _sweep.ExecuteAsync(room, new ForgetUser(userId, traces), cancellationToken);
            changed += traces.Length;
        }

        return changed;
    }

    [LoggerMessage(1200, LogLevel.Information, "A user was erased and is {Pseudonym} now: {Messages} messages, {Rows} rows")]
    private static partial void Erased(ILogger logger, string pseudonym, long messages, long rows);
}

/// <summary>What became of a user.</summary>
/// <param name="Pseudonym">Whom their operations are by now.</param>
/// <param name="Messages">Messages that ended, or lost a mention or a reaction.</param>
/// <param name="Rows">Rows of the store that were changed or removed.</param>
public sealed record Erasure(string Pseudonym, long Messages, long Rows);
