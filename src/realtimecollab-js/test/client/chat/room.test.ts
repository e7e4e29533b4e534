import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatRoom } from '../../../src/client/chat/index.js';
import { ChatGuests } from '../support/chatGuests.js';

let guests: ChatGuests;

beforeEach(() => {
  guests = new ChatGuests();
});

afterEach(async () => {
  await guests.end();
});

const texts = (room: ChatRoom): string[] => room.messages.map(({ content }) => content);

describe('a room', () => {
  it('shows what both write, in the order of the server', async () => {
    const [ada, bob] = [await guests.guest('ada').join(), await guests.guest('bob').join()];
    const heard: string[] = [];
    bob.on('message', ({ content }) => heard.push(content));

    const sent = ada.send('one');
    expect(ada.pending.map(({ content, state }) => `${content} ${state}`)).toEqual(['one sending']);
    void ada.send('two');
    expect((await guests.during(sent)).sequence).toBe(1);
    void bob.send('three');
    await guests.settle();

    expect(texts(ada)).toEqual(['one', 'two', 'three']);
    expect(texts(bob)).toEqual(texts(ada));
    expect(heard).toEqual(['one', 'two', 'three']);
    expect(ada.pending).toEqual([]);
  });

  it('begins with the latest messages, and loads earlier ones', async () => {
    for (let index = 1; index <= 12; index++) guests.hub.postAs('bob', 'notes', `${index}`);
    const room = await guests.guest('ada').join();
    expect(texts(room)).toEqual(['8', '9', '10', '11', '12']);
    expect(room.hasEarlier).toBe(true);

    await guests.during(Promise.all([room.loadEarlier(), room.loadEarlier()]));
    expect(texts(room)).toHaveLength(10);
    await guests.during(room.loadEarlier());

    expect(texts(room)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
    expect(room.hasEarlier).toBe(false);
  });

  it('takes an earlier message as it was changed while it was loaded', async () => {
    for (let index = 1; index <= 8; index++) guests.hub.postAs('bob', 'notes', `${index}`);
    const bob = await guests.guest('bob').join();
    const ada = await guests.guest('ada').join();
    const loading = ada.loadEarlier();
    await guests.during(bob.edit('m2', 'two'));
    await guests.during(bob.react('m3', '👍'));
    await guests.during(loading);

    expect(texts(ada).slice(0, 3)).toEqual(['1', 'two', '3']);
    expect(ada.find('m3')?.reactions).toEqual([{ emoji: '👍', userIds: ['bob'] }]);
  });

  it('shows edits, deletions, replies and reactions', async () => {
    const [ada, bob] = [await guests.guest('ada').join(), await guests.guest('bob').join()];
    await guests.during(ada.send('question'));
    await guests.during(bob.send('answer', { replyTo: 'm1' }));
    await guests.during(ada.edit('m1', 'a question'));
    await guests.during(ada.react('m2', '👍'));
    await guests.during(bob.delete('m2'));
    await guests.during(bob.react('m1', '🎉'));
    await guests.during(bob.react('m1', '🎉', false));
    await guests.settle();

    expect(ada.messages).toEqual(guests.hub.room('notes').messages);
    expect(ada.find('m2')).toMatchObject({ content: '', deletedAt: 'now', replyTo: 'm1', reactions: [] });
    expect(bob.messages).toEqual(ada.messages);
  });

  it('finds a callback that was lost as the last one with the next heartbeat', async () => {
    const ada = await guests.guest('ada').join();
    const room = guests.hub.room('notes');
    room.post('bob', { clientMessageId: 'b', content: 'lost', mentions: [] });
    await guests.settle(5_000);
    expect(texts(ada)).toEqual([]);
    await guests.settle(6_000);
    expect(texts(ada)).toEqual(['lost']);
  });

  it('joins again when the server has forgotten it', async () => {
    const ada = await guests.guest('ada').join();
    guests.hub.room('notes').joined.clear();
    guests.hub.postAs('bob', 'notes', 'unheard');
    await guests.settle(11_000);
    expect(texts(ada)).toEqual(['unheard']);
    guests.hub.postAs('bob', 'notes', 'heard');
    await guests.settle();
    expect(texts(ada)).toEqual(['unheard', 'heard']);
  });

  it('takes a message for stored that came back while its answer was lost', async () => {
    const { transport, ...ada } = guests.guest('ada');
    const room = await ada.join();
    const sent = room.send('once');
    await guests.settle(1); // at the server, but not back
    expect(guests.hub.room('notes').messages).toHaveLength(1);
    transport.cut();

    expect((await guests.during(sent)).sequence).toBe(1);
    expect(texts(room)).toEqual(['once']);
    expect(room.pending).toEqual([]);
    expect(guests.hub.room('notes').messages).toHaveLength(1);
  });

  it('keeps what is written without a connection, in order', async () => {
    const { transport, ...ada } = guests.guest('ada');
    const room = await ada.join();
    await guests.during(room.send('before'));
    transport.isReachable = false;
    transport.cut();
    await guests.settle(20_000);
    const edited = room.edit('m1', 'before, edited');
    void room.send('one');
    void room.send('two');
    expect(room.isJoined).toBe(false);
    guests.hub.postAs('bob', 'notes', 'meanwhile');
    transport.isReachable = true;
    await guests.during(edited);
    await guests.settle(20_000);

    expect(texts(room)).toEqual(['before, edited', 'meanwhile', 'one', 'two']);
    expect(room.messages).toEqual(guests.hub.room('notes').messages);
  });

  it('keeps a message that is refused, to be sent again or given up', async () => {
    const room = await guests.guest('ada').join();
    guests.hub.refuse = (method) => (method === 'SendMessage' ? 'permission_denied' : undefined);
    const failures: string[] = [];
    room.on('failed', ({ content, error }) => failures.push(`${content} ${error?.code}`));

    await expect(guests.during(room.send('no'))).rejects.toMatchObject({ code: 'permission_denied' });
    void room.send('nor this').catch(() => undefined);
    await guests.settle();
    expect(failures).toEqual(['no permission_denied', 'nor this permission_denied']);
    guests.hub.refuse = () => undefined;
    const [no, nor] = room.pending.map(({ clientMessageId }) => clientMessageId) as [string, string];
    expect(room.discard(nor)).toBe(true);
    await guests.during(room.retry(no));
    await guests.settle();

    expect(texts(room)).toEqual(['no']);
    expect(room.pending).toEqual([]);
    await expect(guests.during(room.retry(no))).rejects.toMatchObject({ code: 'message_not_found' });
  });

  it('waits when it is too fast, and goes on', async () => {
    const room = await guests.guest('ada').join();
    let refusals = 3;
    guests.hub.refuse = (method) => (method === 'SendMessage' && refusals-- > 0 ? 'rate_limited' : undefined);
    await guests.during(room.send('patient'));
    expect(guests.hub.callsOf('SendMessage')).toHaveLength(4);
    expect(new Set(guests.hub.callsOf('SendMessage').map((sent) => JSON.stringify(sent))).size).toBe(1);
  });

  it('goes over to another connection when its server stops', async () => {
    const room = await guests.guest('ada').join();
    let isDraining = true;
    guests.hub.refuse = (method) => (method === 'SendMessage' && isDraining ? 'server_draining' : undefined);
    const sent = room.send('still here');
    await guests.settle(5);
    isDraining = false;
    await guests.during(sent);
    expect(guests.hub.callsOf('JoinRoom')).toHaveLength(2);
  });

  it('begins anew when the server was set back', async () => {
    const { transport, ...ada } = guests.guest('ada');
    const room = await ada.join();
    for (const text of ['one', 'two', 'three']) guests.hub.postAs('bob', 'notes', text);
    await guests.settle();
    guests.hub.rooms.clear();
    guests.hub.postAs('bob', 'notes', 'from the backup');
    transport.cut();
    await guests.settle(5_000);
    guests.hub.postAs('bob', 'notes', 'later');
    await guests.settle();
    expect(texts(room)).toEqual(['from the backup', 'later']);
  });

  it('keeps what it shows when something newer arrives before the answer to joining again', async () => {
    const { transport, ...ada } = guests.guest('ada', { delay: () => 50, callback: () => [5] });
    const room = await ada.join();
    const written = Array.from({ length: guests.hub.pageSize + 2 }, (_, index) => `${index}`);
    for (const text of written) guests.hub.postAs('bob', 'notes', text);
    await guests.settle();
    guests.hub.refuse = (method) => {
      if (method === 'JoinRoom') setTimeout(() => guests.hub.postAs('bob', 'notes', 'newer'), 1);
      return undefined;
    };
    transport.cut();
    await guests.settle(5_000);

    expect(texts(room)).toEqual([...written, 'newer']);
    expect(guests.hub.callsOf('JoinRoom')).toHaveLength(2);
  });

  it('is closed when the user may not read it any more', async () => {
    const { transport, chat, ...ada } = guests.guest('ada');
    const room = await ada.join();
    const reasons: unknown[] = [];
    room.on('closed', ({ reason }) => reasons.push(reason?.code));
    guests.hub.refuse = (method) => (method === 'JoinRoom' ? 'permission_denied' : undefined);
    transport.cut();
    await guests.settle(5_000);

    expect(reasons).toEqual(['permission_denied']);
    await expect(room.send('hello')).rejects.toMatchObject({ code: 'session_not_found' });
    await expect(guests.during(chat.join('notes'))).rejects.toMatchObject({ code: 'permission_denied' });
    guests.hub.refuse = () => undefined;
    expect(await ada.join()).not.toBe(room);
  });

  it('hears nothing after it was left', async () => {
    const room = await guests.guest('ada').join();
    const heard: string[] = [];
    room.on('message', ({ content }) => heard.push(content));
    const sent = room.send('never acknowledged');
    await guests.during(room.leave());
    await expect(sent).rejects.toMatchObject({ code: 'session_not_found' });
    guests.hub.postAs('bob', 'notes', 'unheard');
    await guests.settle();
    expect(heard).toEqual([]);
    expect(guests.hub.room('notes').joined.size).toBe(0);
  });
});
