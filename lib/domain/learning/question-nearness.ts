import { dot } from "@/lib/domain/vector";

/** A question as what is learned for it is kept: what it is about, and whom. */
export interface AskedOf {
  readonly vector: Float32Array;
  /** The people it names, see `peopleKey`; "" when it names nobody. */
  readonly people: string;
}

/** Equal for two questions that name the same people, in whatever order; no name holds the sign between two of them. */
export const peopleKey = (named: readonly string[]): string => [...named].sort().join("\n");

/** The least that a cosine can be: nothing that is learned reaches so far. */
export const APART = -1;

/**
 * Cosine of two questions, −1…1, and −1 when they name different people. A name is read as "I" before a question is embedded,
 * so what Sam does to relax and what Evan does have one vector, and what helped with the one says nothing about the other.
 */
export const questionNearness = (a: AskedOf, b: AskedOf): number =>
  a.people === b.people ? dot(a.vector, b.vector) : APART;
