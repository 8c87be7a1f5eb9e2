import type { Weight } from "@/lib/domain/ledger/change";
import type { MemoryId } from "@/lib/domain/ids";

/**
 * Splits an observation on a merged memory over its leaves: softmax of query–leaf similarity at the given temperature,
 * rounded by largest remainder so that the shares sum to the weight exactly, in both components.
 * Ties in the remainder go to the leaf named first. No leaves: no shares.
 */
export function splitShares(
  weight: Weight,
  leaves: readonly { readonly id: MemoryId; readonly similarity: number }[],
  temperature: number,
): Record<MemoryId, Weight> {
  const top = Math.max(...leaves.map((l) => l.similarity));
  const odds = leaves.map((l) => Math.exp((l.similarity - top) / temperature));
  const total = odds.reduce((sum, o) => sum + o, 0);
  const portions = odds.map((o) => o / total);
  const alphas = apportion(weight[0], portions);
  const betas = apportion(weight[1], portions);
  return Object.fromEntries(
    leaves.map((l, i): [MemoryId, Weight] => [l.id, [alphas[i] ?? 0, betas[i] ?? 0]]),
  );
}

/** Integers that sum to `whole`, each within 1 of its portion of it (Hamilton's method). */
function apportion(whole: number, portions: readonly number[]): number[] {
  const exact = portions.map((p) => p * whole);
  const floors = exact.map(Math.floor);
  const missing = whole - floors.reduce((sum, f) => sum + f, 0);
  const byRemainder = exact
    .map((e, i) => ({ i, remainder: e - Math.floor(e) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
    .slice(0, missing);
  const raised = new Set(byRemainder.map((r) => r.i));
  return floors.map((f, i) => f + (raised.has(i) ? 1 : 0));
}
