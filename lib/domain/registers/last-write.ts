import type { Seq } from "@/lib/domain/ids";

/**
 * Register of class O: the live write with the highest seq wins, whatever order the writes are folded in.
 * There is no `unstep`: the write before is not remembered here, so taking one out means folding the target again.
 */
export interface LastWrite<T> {
  readonly seq: Seq;
  readonly value: T;
}

export const initial = null;

export function step<T>(current: LastWrite<T> | null, write: LastWrite<T>): LastWrite<T> {
  return current !== null && current.seq > write.seq ? current : write;
}

/** The value in force, or the default that the creation gave. */
export const read = <T>(write: LastWrite<T> | null, otherwise: T): T =>
  write === null ? otherwise : write.value;
