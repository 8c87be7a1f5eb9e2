import type { ChangeId, Seq } from "@/lib/domain/ids";

/**
 * Register of class F: a flag is set while at least one live change asserts it. `names` is the other target of the
 * assertion (the merge's result, the superseding memory), null for a plain flag such as a pin.
 */
export interface Assertion<Name extends string = string> {
  readonly seq: Seq;
  readonly by: ChangeId;
  readonly names: Name | null;
}
export type Flag<Name extends string = string> = readonly Assertion<Name>[];

export const initial: Flag<never> = [];

/** Kept in seq order, so that equal sets of assertions have one form. */
export function step<N extends string>(flag: Flag<N>, assertion: Assertion<N>): Flag<N> {
  return [...unstep(flag, assertion.by), assertion].sort((a, b) => a.seq - b.seq);
}

export const unstep = <N extends string>(flag: Flag<N>, by: ChangeId): Flag<N> =>
  flag.filter((a) => a.by !== by);

export const isSet = (flag: Flag): boolean => flag.length > 0;

/** What the newest live assertion names; ties cannot occur because seq is unique. */
export const newestName = <N extends string>(flag: Flag<N>): N | null => flag.at(-1)?.names ?? null;
