import type { ErrorCode } from '../../protocol/index.js';
import { CollabConnectionError, CollabServerError } from '../errors.js';
import type { TokenProvider } from './transport.js';

/** Calls the server over HTTP, for what needs no open connection. */
export class HttpApi {
  readonly #url: string;
  readonly #token: TokenProvider;

  /** @param url the address of the server. */
  constructor(url: string, token: TokenProvider) {
    this.#url = url;
    this.#token = token;
  }

  /**
   * Asks for something, or sends it.
   * @param path below `/api/documents/`.
   * @param body sent as JSON with POST; without one it is a GET.
   * @throws {CollabError}
   */
  async call(path: string, body?: object): Promise<unknown> {
    const headers = { Authorization: `Bearer ${await this.#token()}`, 'Content-Type': 'application/json' };
    const request = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
    try {
      const response = await fetch(`${this.#url}/api/documents/${path}`, request);
      const answer = (await response.json()) as { code?: ErrorCode; detail?: string };
      if (response.ok) return answer;
      throw new CollabServerError(answer.code ?? 'operation_failed', answer.detail ?? `status ${response.status}`);
    } catch (error) {
      if (error instanceof CollabServerError) throw error;
      throw new CollabConnectionError(String(error), { cause: error });
    }
  }
}
