using System.Threading.Channels;

namespace RealtimeCollab.Sessions.Documents;

/// <summary>What one turn takes out of a session's mailbox, by its kinds.</summary>
internal sealed class MailboxBatch
{
    public List<PendingSubmission> Submissions { get; } = [];

    public List<PendingCatchUp> CatchUps { get; } = [];

    /// <summary>Other nodes were heard.</summary>
    public bool HasHeard { get; private set; }

    /// <summary>Takes what waits. The limit counts items of all kinds, so that the taking ends whatever keeps coming in.</summary>
    public void Take(ChannelReader<MailboxItem> mailbox, int limit)
    {
        Submissions.Clear();
        CatchUps.Clear();
        HasHeard = false;
        for (var taken = 0; taken < limit && mailbox.TryRead(out var item); taken++)
        {
            if (item.Submission is { } submission)
                Submissions.Add(submission);
            else if (item.CatchUp is { } catchUp)
                CatchUps.Add(catchUp);
            else
                HasHeard = true;
        }
    }
}

/// <summary>One of the two, or neither: other nodes were heard.</summary>
internal readonly record struct MailboxItem(PendingSubmission? Submission, PendingCatchUp? CatchUp);
