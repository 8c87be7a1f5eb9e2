import { bondStrength } from "./spread";
import { CONSTANTS } from "@/lib/domain/parameters";

/** What an edge rests on, in observations and memories. */
export interface EdgeGrounds {
  /** For and against: the memories that say so, what outcomes say of these, and what people say of the edge itself. */
  readonly alpha: number;
  readonly beta: number;
  /** How much more often both are mentioned together than chance would have it; null: the edge says more than that. */
  readonly lift: number | null;
}

/**
 * e = clip(ln((1 + A)/(1 + B))/2, 0, 1) · min(1, lift/3), 0…1 (learning.md §5).
 * Worked: two memories, nothing against, lift 3 or more: ln(3)/2 = .55.
 */
export const edgeStrength = ({ alpha, beta, lift }: EdgeGrounds): number =>
  bondStrength(alpha, beta) * (lift === null ? 1 : Math.min(1, lift / CONSTANTS.fullLift));

/**
 * together·all/(a·b). Worked: 100 memories, a in 10, b in 5, both in 2: 2·100/50 = 4.
 */
export const liftOf = (
  together: number,
  { a, b, all }: { readonly a: number; readonly b: number; readonly all: number },
): number => (a * b === 0 ? 0 : (together * all) / (a * b));
