import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatGuests } from '../support/chatGuests.js';

let guests: ChatGuests;

beforeEach(() => {
  guests = new ChatGuests();
});

afterEach(async () => {
  await guests.end();
});

describe('typing', () => {
  it('is told once every three seconds at the most, and its end', async () => {
    const room = await guests.guest('ada').join();
    for (let key = 0; key < 50; key++) {
      room.setTyping(true);
      await guests.settle(100);
    }
    room.setTyping(false);
    room.setTyping(false);
    await guests.settle();
    expect(guests.hub.callsOf('SetTyping').map((call) => (call as { isTyping: boolean }).isTyping)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('of others ends with their message, when they say so, and when nothing is heard of them', async () => {
    const [ada, bob] = [await guests.guest('ada').join(), await guests.guest('bob').join()];
    const lines: string[] = [];
    ada.on('typing', (users) => lines.push(users.map(({ userName }) => userName).join()));

    bob.setTyping(true);
    await guests.settle();
    void bob.send('done');
    await guests.settle();
    bob.setTyping(true);
    await guests.settle();
    bob.setTyping(false);
    await guests.settle();
    bob.setTyping(true);
    await guests.settle(7_000);
    expect(lines).toEqual(['bob', '', 'bob', '', 'bob']);
    await guests.settle(2_000);
    expect(ada.typing).toEqual([]);
  });

  it('of others is not shown over a connection that is lost', async () => {
    const { transport, ...guest } = guests.guest('ada');
    const [ada, bob] = [await guest.join(), await guests.guest('bob').join()];
    bob.setTyping(true);
    await guests.settle(100);
    expect(ada.typing).toEqual([{ userId: 'bob', userName: 'bob' }]);
    transport.cut();
    expect(ada.typing).toEqual([]);
  });
});

describe('what is unread', () => {
  it('is counted among messages of others, and marked as read on all devices', async () => {
    guests.hub.postAs('bob', 'notes', 'before');
    const [laptop, phone] = [await guests.guest('ada').join(), await guests.guest('ada').join()];
    const counts: number[] = [];
    phone.on('unread', (unread) => counts.push(unread));
    expect(phone.unread).toBe(1);

    guests.hub.postAs('bob', 'notes', 'another');
    void laptop.send('mine');
    await guests.settle();
    expect([laptop.unread, phone.unread]).toEqual([2, 2]);
    laptop.markRead(1);
    laptop.markRead();
    expect(laptop.unread).toBe(0);
    await guests.settle();

    expect(phone.unread).toBe(0);
    expect(phone.lastRead).toBe(3);
    expect(counts).toEqual([2, 0]);
    expect(guests.hub.callsOf('MarkRead')).toEqual([{ roomId: 'notes', sequence: 3 }]);
    expect(phone.members.find(({ userId }) => userId === 'ada')?.lastReadSequence).toBe(3);
  });

  it('counts what is not loaded as the server does', async () => {
    for (let index = 0; index < 12; index++) guests.hub.postAs('bob', 'notes', `${index}`);
    const room = await guests.guest('ada').join();
    expect(room.unread).toBe(12);
    guests.hub.postAs('bob', 'notes', 'one more');
    await guests.settle();
    expect(room.unread).toBe(13);
    await guests.during(room.loadEarlier());
    await guests.during(room.loadEarlier());
    expect(room.unread).toBe(13);
  });

  it('goes down when an unread message is deleted', async () => {
    const [ada, bob] = [await guests.guest('ada').join(), await guests.guest('bob').join()];
    void bob.send('one');
    void bob.send('two');
    await guests.settle();
    await guests.during(bob.delete('m1'));
    await guests.settle();
    expect(ada.unread).toBe(1);
  });

  it('is told on the next connection if the mark was lost', async () => {
    const { transport, ...ada } = guests.guest('ada');
    const room = await ada.join();
    guests.hub.postAs('bob', 'notes', 'one');
    await guests.settle();
    room.markRead();
    transport.cut();
    await guests.settle(5_000);
    expect(guests.hub.room('notes').lastRead.get('ada')).toBe(1);
  });
});

describe('notifications', () => {
  it('come live, once, and on the next connection; those of another device are gone', async () => {
    const { chat, transport } = guests.guest('ada');
    const heard: string[] = [];
    chat.on('notification', ({ type, message }) => heard.push(`${type} ${message?.content}`));
    guests.hub.postAs('bob', 'notes', 'while away', ['ada']);
    await guests.during(chat.connect());
    await guests.settle();
    guests.hub.postAs('bob', 'notes', 'live', ['ada']);
    await guests.settle();
    transport.cut();
    guests.hub.postAs('bob', 'notes', 'in between', ['ada']);
    guests.hub.notifications.get('ada')?.shift(); // acknowledged elsewhere
    await guests.settle(5_000);

    expect(heard).toEqual(['mention while away', 'mention live', 'mention in between']);
    expect(chat.notifications.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('are acknowledged, without a connection on the next one', async () => {
    const { chat, transport } = guests.guest('ada');
    for (let index = 0; index < 7; index++) guests.hub.postAs('bob', 'notes', `${index}`, ['ada']);
    await guests.during(chat.connect());
    await guests.settle();
    expect(chat.notifications).toHaveLength(7);

    await guests.during(chat.acknowledge([1]));
    expect(guests.hub.notifications.get('ada')).toHaveLength(6);
    transport.cut();
    await guests.during(chat.acknowledge([2, 3]));
    expect(chat.notifications).toHaveLength(4);
    await guests.settle(5_000);
    expect(guests.hub.notifications.get('ada')).toHaveLength(4);
    expect(chat.notifications.map(({ id }) => id)).toEqual([4, 5, 6, 7]);
  });

  it('of the application, and broadcasts, come once each', async () => {
    const { chat } = guests.guest('ada');
    const heard: unknown[] = [];
    chat.on('notification', ({ text }) => heard.push(text));
    chat.on('broadcast', ({ text }) => heard.push(text));
    await guests.during(chat.connect());
    await guests.settle();
    for (let time = 0; time < 2; time++) {
      guests.hub.tellAll('NotificationReceived', { id: 9, type: 'invoice', text: 'to pay', timestamp: '' });
      guests.hub.tellAll('BroadcastReceived', { broadcastId: 'b', type: 'info', text: 'soon down', timestamp: '' });
    }
    await guests.settle();
    expect(heard).toEqual(['to pay', 'soon down']);
  });
});
