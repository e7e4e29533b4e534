namespace RealtimeCollab.Storage.Tests.Conformance;

public sealed class PostgreSqlCreationTests(PostgreSqlFixture fixture) : CreationTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlAppendTests(PostgreSqlFixture fixture) : AppendTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlReadTests(PostgreSqlFixture fixture) : ReadTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlSnapshotTests(PostgreSqlFixture fixture) : SnapshotTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlVersionTests(PostgreSqlFixture fixture) : VersionTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlArchiveTests(PostgreSqlFixture fixture) : ArchiveTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlRoomTests(PostgreSqlFixture fixture) : RoomTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlMessageTests(PostgreSqlFixture fixture) : MessageTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlRoomMemberTests(PostgreSqlFixture fixture) : RoomMemberTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlNotificationTests(PostgreSqlFixture fixture) : NotificationTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlPersonalDataTests(PostgreSqlFixture fixture) : PersonalDataTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlMembershipTests(PostgreSqlFixture fixture) : MembershipTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlShareLinkTests(PostgreSqlFixture fixture) : ShareLinkTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlCatalogTests(PostgreSqlFixture fixture) : CatalogTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlWebhookRecordingTests(PostgreSqlFixture fixture) : WebhookRecordingTests<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlWebhookOutboxTests(PostgreSqlFixture fixture) : WebhookOutboxTests<PostgreSqlFixture>(fixture);
