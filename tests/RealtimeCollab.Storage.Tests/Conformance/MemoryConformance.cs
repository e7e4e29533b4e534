namespace RealtimeCollab.Storage.Tests.Conformance;

public sealed class MemoryCreationTests(MemoryFixture fixture) : CreationTests<MemoryFixture>(fixture);

public sealed class MemoryAppendTests(MemoryFixture fixture) : AppendTests<MemoryFixture>(fixture);

public sealed class MemoryReadTests(MemoryFixture fixture) : ReadTests<MemoryFixture>(fixture);

public sealed class MemorySnapshotTests(MemoryFixture fixture) : SnapshotTests<MemoryFixture>(fixture);

public sealed class MemoryVersionTests(MemoryFixture fixture) : VersionTests<MemoryFixture>(fixture);

public sealed class MemoryArchiveTests(MemoryFixture fixture) : ArchiveTests<MemoryFixture>(fixture);

public sealed class MemoryRoomTests(MemoryFixture fixture) : RoomTests<MemoryFixture>(fixture);

public sealed class MemoryMessageTests(MemoryFixture fixture) : MessageTests<MemoryFixture>(fixture);

public sealed class MemoryRoomMemberTests(MemoryFixture fixture) : RoomMemberTests<MemoryFixture>(fixture);

public sealed class MemoryNotificationTests(MemoryFixture fixture) : NotificationTests<MemoryFixture>(fixture);

public sealed class MemoryPersonalDataTests(MemoryFixture fixture) : PersonalDataTests<MemoryFixture>(fixture);

public sealed class MemoryMembershipTests(MemoryFixture fixture) : MembershipTests<MemoryFixture>(fixture);

public sealed class MemoryShareLinkTests(MemoryFixture fixture) : ShareLinkTests<MemoryFixture>(fixture);

public sealed class MemoryCatalogTests(MemoryFixture fixture) : CatalogTests<MemoryFixture>(fixture);

public sealed class MemoryWebhookRecordingTests(MemoryFixture fixture) : WebhookRecordingTests<MemoryFixture>(fixture);

public sealed class MemoryWebhookOutboxTests(MemoryFixture fixture) : WebhookOutboxTests<MemoryFixture>(fixture);
