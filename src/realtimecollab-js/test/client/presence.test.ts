// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pageActivity, PresenceClient, type Activity } from '../../src/client/presence/index.js';
import { FakePresenceHub } from './support/fakePresenceHub.js';
import { fakeTransport, type FakeTransport } from './support/fakeTransport.js';

const always: Activity = { isActive: true, watch: () => () => undefined };

describe('presence', () => {
  let hub: FakePresenceHub;
  let transport: FakeTransport;
  let presence: PresenceClient;

  beforeEach(() => {
    vi.useFakeTimers();
    hub = new FakePresenceHub();
    connect(always);
  });

  afterEach(async () => {
    await during(presence.close());
    vi.useRealTimers();
  });

  function connect(activity: Activity): void {
    const made = fakeTransport(hub, 'ada');
    presence = new PresenceClient({
      url: 'http://hub',
      token: () => 'ada',
      clientId: 'tab',
      transport: made.factory,
      activity,
    });
    transport = made.get();
  }

  async function during<T>(promise: Promise<T>): Promise<T> {
    promise.catch(() => undefined);
    await settle();
    return promise;
  }

  const settle = (milliseconds = 1000): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
  const known = (): string[] => [...presence.users.values()].map(({ userId, status }) => `${userId} ${status}`);

  it('knows those who are watched, and hears of changes', async () => {
    hub.set('grace', 'online');
    hub.set('linus', 'online', ['notes']);
    const changes: string[] = [];
    presence.on('change', (users) => changes.push(users.map(({ userId, status }) => `${userId} ${status}`).join()));

    const users = await during(presence.watch({ userIds: ['grace'], documentIds: ['notes'] }));
    expect(users.map(({ userId }) => userId)).toEqual(['grace', 'linus']);
    hub.set('grace', 'busy');
    hub.set('nobody', 'online');
    await settle();

    expect(known()).toEqual(['grace busy', 'linus online']);
    expect(changes).toEqual(['grace online,linus online', 'grace busy']);
  });

  it('forgets who leaves the last watched document, but not who is watched', async () => {
    hub.set('grace', 'online', ['notes']);
    hub.set('linus', 'online', ['notes']);
    await during(presence.watch({ userIds: ['grace'], documentIds: ['notes'] }));

    hub.set('grace', 'online');
    hub.set('linus', 'online');
    await settle();

    expect(known()).toEqual(['grace online']);
  });

  it('takes a callback for newer than the answer that it overtakes', async () => {
    hub.set('grace', 'online');
    hub.beforeAnswer = () => hub.set('grace', 'busy');

    await during(presence.watch({ userIds: ['grace'] }));

    expect(known()).toEqual(['grace busy']);
  });

  it('watches and sets the status again after a cut, and forgets who went meanwhile', async () => {
    hub.set('grace', 'online');
    hub.set('linus', 'online', ['notes']);
    await during(presence.watch({ userIds: ['grace'], documentIds: ['notes'] }));
    await during(presence.setStatus('busy', 'in a meeting'));
    hub.calls.length = 0;

    transport.cut();
    hub.set('grace', 'offline');
    hub.set('linus', 'online');
    await settle(5000);
    expect(known()).toEqual(['grace offline']);
    expect(hub.calls).toContain('SetStatus busy');
    hub.set('grace', 'editing');
    await settle();

    expect(known()).toEqual(['grace editing']);
  });

  it('gives up only the document that is refused after a cut', async () => {
    hub.set('grace', 'online', ['notes']);
    hub.set('linus', 'online', ['secret']);
    await during(presence.watch({ documentIds: ['notes', 'secret'] }));
    const refusals: string[] = [];
    presence.on('error', ({ code }) => refusals.push(code));

    hub.closedDocuments.add('secret');
    transport.cut();
    await settle(5000);
    transport.cut();
    await settle(5000);

    expect(known()).toEqual(['grace online']);
    expect(refusals.filter((code) => code === 'permission_denied')).toHaveLength(1);
  });

  it('keeps nothing of what is refused', async () => {
    hub.closedDocuments.add('secret');
    hub.set('grace', 'online');

    await expect(during(presence.watch({ userIds: ['grace'], documentIds: ['secret'] }))).rejects.toMatchObject({
      code: 'permission_denied',
    });
    await expect(during(presence.setStatus('busy', 'refused'))).rejects.toMatchObject({ code: 'invalid_request' });
    transport.cut();
    await settle(5000);

    expect(known()).toEqual([]);
    expect(hub.calls.filter((call) => call.startsWith('SetStatus'))).toEqual([]);
  });

  it('watches no longer whom it is told to leave', async () => {
    hub.set('grace', 'online', ['notes']);
    hub.set('linus', 'online');
    await during(presence.watch({ userIds: ['linus'], documentIds: ['notes'] }));
    const gone: string[] = [];
    presence.on('change', (users) => gone.push(...users.map(({ userId }) => userId)));

    await during(presence.unwatch({ documentIds: ['notes'] }));
    expect(gone).toEqual(['grace']);
    await during(presence.unwatch());
    transport.cut();
    await settle(5000);

    expect(known()).toEqual([]);
  });

  it('asks without watching', async () => {
    hub.set('grace', 'away');
    expect((await during(presence.getPresence(['grace', 'stranger']))).map(({ status }) => status)).toEqual(['away']);
    expect(known()).toEqual([]);
  });

  it('beats every ten seconds', async () => {
    await during(presence.watch({ userIds: ['grace'] }));
    await settle(30_000);
    expect(hub.calls.filter((call) => call === 'Heartbeat true')).toHaveLength(4);
  });

  it('says at once that nobody is there any more, and that somebody is again', async () => {
    await during(presence.close());
    connect(pageActivity());
    await during(presence.watch({ userIds: ['grace'] }));
    window.dispatchEvent(new Event('keydown'));
    await settle(4 * 60_000);
    window.dispatchEvent(new Event('pointermove'));
    await settle(4 * 60_000);
    expect(hub.calls).not.toContain('Heartbeat false');

    await settle(61_000);
    expect(hub.calls.at(-1)).toBe('Heartbeat false');
    window.dispatchEvent(new Event('keydown'));
    await settle(2);
    expect(hub.calls.at(-1)).toBe('Heartbeat true');
  });

  it('refuses work after it was closed', async () => {
    await during(presence.close());
    await expect(presence.watch({ userIds: ['grace'] })).rejects.toMatchObject({ code: 'session_not_found' });
  });
});
