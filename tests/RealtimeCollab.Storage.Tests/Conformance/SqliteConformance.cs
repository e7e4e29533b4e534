namespace RealtimeCollab.Storage.Tests.Conformance;

public sealed class SqliteCreationTests(SqliteFixture fixture) : CreationTests<SqliteFixture>(fixture);

public sealed class SqliteAppendTests(SqliteFixture fixture) : AppendTests<SqliteFixture>(fixture);

public sealed class SqliteReadTests(SqliteFixture fixture) : ReadTests<SqliteFixture>(fixture);

public sealed class SqliteSnapshotTests(SqliteFixture fixture) : SnapshotTests<SqliteFixture>(fixture);

public sealed class SqliteVersionTests(SqliteFixture fixture) : VersionTests<SqliteFixture>(fixture);

public sealed class SqliteArchiveTests(SqliteFixture fixture) : ArchiveTests<SqliteFixture>(fixture);

public sealed class SqliteRoomTests(SqliteFixture fixture) : RoomTests<SqliteFixture>(fixture);

public sealed class SqliteMessageTests(SqliteFixture fixture) : MessageTests<SqliteFixture>(fixture);

public sealed class SqliteRoomMemberTests(SqliteFixture fixture) : RoomMemberTests<SqliteFixture>(fixture);

public sealed class SqliteNotificationTests(SqliteFixture fixture) : NotificationTests<SqliteFixture>(fixture);

public sealed class SqlitePersonalDataTests(SqliteFixture fixture) : PersonalDataTests<SqliteFixture>(fixture);

public sealed class SqliteMembershipTests(SqliteFixture fixture) : MembershipTests<SqliteFixture>(fixture);

public sealed class SqliteShareLinkTests(SqliteFixture fixture) : ShareLinkTests<SqliteFixture>(fixture);

public sealed class SqliteCatalogTests(SqliteFixture fixture) : CatalogTests<SqliteFixture>(fixture);

public sealed class SqliteWebhookRecordingTests(SqliteFixture fixture) : WebhookRecordingTests<SqliteFixture>(fixture);

public sealed class SqliteWebhookOutboxTests(SqliteFixture fixture) : WebhookOutboxTests<SqliteFixture>(fixture);
