using Npgsql;
using NpgsqlTypes;
using RealtimeCollab.Sessions.Storage.Webhooks;
using RealtimeCollab.Storage.PostgreSql.Internal.Schema;

namespace RealtimeCollab.Storage.PostgreSql.Internal.Writing;

/// <summary>A group of batches as arrays, one for each column: its parameters are filled again for each transaction.</summary>
internal sealed class GroupColumns
{
    private readonly List<string> _documentIds = [];
    private readonly List<string> _incarnations = [];
    private readonly List<long> _expected = [];
    private readonly List<long> _heads = [];
    private readonly List<DateTime> _updatedAt = [];
    private readonly List<long> _memberships = [];

    private readonly List<long> _batches = [];
    private readonly List<long> _revisions = [];
    private readonly List<string> _clientIds = [];
    private readonly List<string> _userIds = [];
    private readonly List<string> _operationIds = [];
    private readonly List<DateTime> _committedAt = [];
    private readonly List<byte[]> _operations = [];

    private readonly WebhookSubscriptions _webhooks;
    private readonly List<WebhookDelivery> _restorations = [];
    private readonly NpgsqlParameter<string> _deliveries = new() { NpgsqlDbType = NpgsqlDbType.Jsonb };

    public GroupColumns(WebhookSubscriptions webhooks)
    {
        _webhooks = webhooks;
        LockedIds = Column(_documentIds, NpgsqlDbType.Text);
        Parameters =
        [
            Column(_documentIds, NpgsqlDbType.Text),
            Column(_incarnations, NpgsqlDbType.Text),
            Column(_expected, NpgsqlDbType.Bigint),
            Column(_heads, NpgsqlDbType.Bigint),
            Column(_updatedAt, NpgsqlDbType.TimestampTz),
            Column(_memberships, NpgsqlDbType.Bigint),
            Column(_batches, NpgsqlDbType.Bigint),
            Column(_revisions, NpgsqlDbType.Bigint),
            Column(_clientIds, NpgsqlDbType.Text),
            Column(_userIds, NpgsqlDbType.Text),
            Column(_operationIds, NpgsqlDbType.Text),
            Column(_committedAt, NpgsqlDbType.TimestampTz),
            Column(_operations, NpgsqlDbType.Bytea),
            .. webhooks.Has(WebhookEventType.DocumentRestored) ? [_deliveries] : Array.Empty<NpgsqlParameter>(),
        ];
    }

    public NpgsqlParameter LockedIds { get; }

    /// <summary>In the order of the statement.</summary>
    public IReadOnlyList<NpgsqlParameter> Parameters { get; }

    public void Fill(IReadOnlyList<PendingAppend> group)
    {
        Clear();
        for (var index = 0; index < group.Count; index++)
        {
            var batch = group[index].Batch;
            _documentIds.Add(batch.DocumentId);
            _incarnations.Add(batch.Incarnation);
            _expected.Add(batch.ExpectedRevision);
            _heads.Add(batch.Entries[^1].Revision);
            _memberships.Add(batch.MembershipVersion ?? -1);
            _updatedAt.Add(batch.Entries[^1].Timestamp.UtcDateTime);
            _operations.AddRange(group[index].Operations);
            _restorations.AddRange(_webhooks.OfRestorations(batch));
            foreach (var entry in batch.Entries)
            {
                _batches.Add(index + 1);
                _revisions.Add(entry.Revision);
                _clientIds.Add(entry.ClientId);
                _userIds.Add(entry.UserId);
                _operationIds.Add(entry.OperationId);
                _committedAt.Add(entry.Timestamp.UtcDateTime);
            }
        }

        _deliveries.TypedValue = WebhookSql.Write(_restorations);
    }

    private static NpgsqlParameter<List<T>> Column<T>(List<T> values, NpgsqlDbType type) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private void Clear()
    {
        _documentIds.Clear();
        _incarnations.Clear();
        _expected.Clear();
        _heads.Clear();
        _updatedAt.Clear();
        _memberships.Clear();
        _batches.Clear();
        _revisions.Clear();
        _clientIds.Clear();
        _userIds.Clear();
        _operationIds.Clear();
        _committedAt.Clear();
        _operations.Clear();
        _restorations.Clear();
    }
}
