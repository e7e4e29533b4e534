const PATIENCE = 60_000;

/** Waits for a condition. @throws {Error} with what `otherwise` says, after a minute. */
export async function until(condition, otherwise) {
  const end = Date.now() + PATIENCE;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${otherwise()}`);
    await pause(2);
  }
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
