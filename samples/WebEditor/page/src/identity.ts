import { element } from './elements';

/** Who writes in this window. */
export interface Identity {
  readonly userId: string;
  readonly userName: string;
}

const KEY = 'realtimecollab.identity';
const LAST_NAME = 'realtimecollab.name';
const GUESTS = 'realtimecollab.guests';

/**
 * Who this window was before it was loaded again; or who a window was that is closed, so that what it left unsent is sent;
 * or whoever the dialog is told. Each window that is open is somebody of its own.
 */
export async function askName(): Promise<Identity> {
  const known = sessionStorage.getItem(KEY);
  const identity = known !== null ? (JSON.parse(known) as Identity) : ((await findFree()) ?? (await askNew()));
  sessionStorage.setItem(KEY, JSON.stringify(identity));
  void take(identity, 'wait');
  return identity;
}

async function askNew(): Promise<Identity> {
  const userName = await askInDialog(localStorage.getItem(LAST_NAME) ?? '');
  const random = crypto.getRandomValues(new Uint32Array(2));
  const identity = { userId: `guest-${[...random].map((part) => part.toString(36)).join('')}`, userName };
  localStorage.setItem(LAST_NAME, userName);
  localStorage.setItem(GUESTS, JSON.stringify([...guests(), identity].slice(-20)));
  return identity;
}

async function findFree(): Promise<Identity | null> {
  for (const guest of guests().reverse()) if (await take(guest, 'ifFree')) return guest;
  return null;
}

function guests(): Identity[] {
  return JSON.parse(localStorage.getItem(GUESTS) ?? '[]') as Identity[];
}

/** Holds the guest's lock for as long as this window lives. @returns whether it has it. */
function take({ userId }: Identity, how: 'wait' | 'ifFree'): Promise<boolean> {
  // pages that were not loaded over https have no locks: there each window is somebody new
  if (navigator.locks === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    void navigator.locks.request(`guest ${userId}`, { ifAvailable: how === 'ifFree' }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => undefined);
    });
  });
}

/** A token from the server's development endpoint; a real application asks its own sign-in. */
export async function fetchToken(identity: Identity): Promise<string> {
  const response = await fetch('/dev/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(identity),
  });
  if (!response.ok) throw new Error(`no token: the server answered ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}

function askInDialog(lastName: string): Promise<string> {
  const dialog = element<HTMLDialogElement>('welcome');
  const input = element<HTMLInputElement>('name');
  input.value = lastName;
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.showModal();
  input.select();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const name = input.value.trim();
      if (name === '') dialog.showModal();
      else resolve(name);
    });
  });
}
