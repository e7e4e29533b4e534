import type { OperationBatch } from '../protocol/index.js';

/** The span of an operation that is being sent. */
export interface SubmitSpan {
  /** The W3C trace context of the span; travels with the operation. The server passes over one that is not sampled. */
  readonly traceparent: string;
  /**
   * The operation was answered.
   * @param error why it was not committed, as far as is known; undefined if it was.
   */
  end(error?: unknown): void;
}

/** An entry of the log that came from a traced operation. */
export interface ReceivedEntry {
  readonly documentId: string;
  readonly revision: number;
  readonly operationId: string;
  /** The W3C trace context of the server's span. */
  readonly traceparent: string;
}

/** What an application's tracer does for a client: a few lines over OpenTelemetry. Must not throw. */
export interface Tracer {
  /** Begins the span of an operation that is about to be sent; undefined: it is not traced. */
  submit(operation: { readonly documentId: string; readonly operationId: string }): SubmitSpan | undefined;
  /** An entry has come, the client's own included. */
  receive(entry: ReceivedEntry): void;
}

/** Sends an operation within its span. */
export async function withinSpan<T>(span: SubmitSpan | undefined, send: () => Promise<T>): Promise<T> {
  try {
    const answer = await send();
    span?.end();
    return answer;
  } catch (error) {
    span?.end(error);
    throw error;
  }
}

/** Tells a tracer of what came. */
export function traceReceived(tracer: Tracer | undefined, { documentId, operations }: OperationBatch): void {
  if (tracer === undefined) return;
  for (const { revision, operationId, traceparent } of operations)
    if (traceparent) tracer.receive({ documentId, revision, operationId, traceparent });
}
