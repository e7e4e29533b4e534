import { element } from './elements';

/** Who writes in this window. */
export interface Identity {
  readonly userId: string;
  readonly userName: string;
}

const KEY = 'realtimecollab.identity';
const LAST_NAME = 'realtimecollab.name';

/** Who this window was before it was loaded again, or whoever the dialog is told. Each window is somebody of its own. */
export async function askName(): Promise<Identity> {
  const known = sessionStorage.getItem(KEY);
  if (known !== null) return JSON.parse(known) as Identity;
  const userName = await askInDialog(localStorage.getItem(LAST_NAME) ?? '');
  const random = crypto.getRandomValues(new Uint32Array(2));
  const identity = { userId: `guest-${[...random].map((part) => part.toString(36)).join('')}`, userName };
  localStorage.setItem(LAST_NAME, userName);
  sessionStorage.setItem(KEY, JSON.stringify(identity));
  return identity;
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
