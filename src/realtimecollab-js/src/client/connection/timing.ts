/** A wait that can be cut short. */
export interface Delay {
  readonly done: Promise<void>;
  /** Ends the wait at once. */
  end(): void;
}

/** Waits `milliseconds`, or until it is ended. */
export function delay(milliseconds: number): Delay {
  let end!: () => void;
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { done, end };
}

/** The promise, or an error if it takes longer than `milliseconds`. */
export async function within<T>(promise: Promise<T>, milliseconds: number, message: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
