import { AsyncLocalStorage } from "node:async_hooks";
import type { Statements } from "../connections";
import type { Millis, Seq, WorkspaceId } from "@/lib/domain/ids";

/** A point of one workspace's ledger: its first `seq` changes, and the time by which what fades is read. */
export interface Place {
  readonly workspaceId: WorkspaceId;
  readonly seq: Seq;
  readonly at: Millis;
}

/** An earlier state, laid out so that every statement which reads the present reads it instead. Nothing can be written from it. */
export interface Standpoint extends Place {
  readonly statements: Statements;
  /** Run when the state is let go of, for what was made of it elsewhere. */
  readonly onClose: (run: () => void) => void;
}

// Next may load a module once per route, and a standpoint must be seen by all of them.
const held = globalThis as {
  palimpsestStandpoint?: AsyncLocalStorage<Standpoint>;
  palimpsestPasts?: Set<() => Promise<void>>;
};
const storage = (held.palimpsestStandpoint ??= new AsyncLocalStorage());

/**
 * Where in time the work under way reads from; null: the present. It goes with the work and not from hand to hand, because a
 * read that forgot to pass it on would answer with the present among answers of the past.
 */
export const standpoint = (): Standpoint | null => storage.getStore() ?? null;

export const standingAt = <T>(there: Standpoint, work: () => Promise<T>): Promise<T> =>
  storage.run(there, work);

/** Lets go of every state that is laid out, when the database itself is let go of. */
export async function closeStandpoints(): Promise<void> {
  await Promise.all([...(held.palimpsestPasts ?? [])].map((close) => close()));
}

export function closesWithDatabase(close: () => Promise<void>): void {
  (held.palimpsestPasts ??= new Set()).add(close);
}
