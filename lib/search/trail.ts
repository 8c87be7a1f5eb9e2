import type { Appended } from "@/lib/store/append";

/** A writer that pauses for so long is done for the moment. */
const PAUSE_MS = 15;
/** Appends that a recall would have to take in before it answers; no more are let wait. */
const MOST = 64;

/** Appends that the index has still to take in, in their order. */
export interface Trail {
  readonly add: (done: Appended) => void;
  /** Hands over all of them; they are no longer on the trail. */
  readonly take: () => Appended[];
}

/**
 * Gathers appends while they come thick and fast, and says when it is time to take them in: when the writer pauses, or when
 * they are many. A client that adds one memory after the other then waits for the ledger alone, and reading and embedding
 * many texts at once costs less than each by itself. Whoever needs the index takes them in at once.
 */
export function createTrail(onDue: () => void): Trail {
  let appends: Appended[] = [];
  let timer: NodeJS.Timeout | undefined;
  return {
    add(done) {
      appends.push(done);
      clearTimeout(timer);
      if (appends.length >= MOST) onDue();
      // It must not keep a finished script alive.
      else timer = setTimeout(onDue, PAUSE_MS).unref();
    },
    take() {
      clearTimeout(timer);
      const taken = appends;
      appends = [];
      return taken;
    },
  };
}
