import type { E2eWorkspace } from "./e2e-workspace";

/** Pairs that say the same in other words, which a cycle proposes to merge, and one that only looks alike. */
export const PAIRS = [
  ["The design review happens on Monday morning", "The design review takes place on Monday morning"],
  ["The invoice template lives in the finance folder", "The invoice template is in the finance folder"],
  ["Support answers within four hours on working days", "Support replies within four hours on working days"],
  ["Customers in France get invoices in euros", "Customers in France receive their invoices in euros"],
] as const;
export const LOOKALIKES = [
  "The backup runs every night at 02:00",
  "The backup runs every night at 03:00",
] as const;

/** Fills a workspace with near-duplicates. A cycle may change all of it; merges apply themselves from `auto` on. */
export async function seedNearDuplicates(workspace: E2eWorkspace, auto: number): Promise<void> {
  for (const content of [...PAIRS.flat(), ...LOOKALIKES, "The mascot of the team is an octopus"])
    await workspace.post("/memories", { content });
  await workspace.patch("/parameters/cycle.bound.status", { value: 1 });
  await workspace.patch("/parameters/cycle.auto.merge", { value: auto });
}

/** The texts of the memories that stand by themselves, in the order in which they were written. */
export async function standingTexts(workspace: E2eWorkspace): Promise<readonly string[]> {
  const { items } = await workspace.get("/memories?sort=oldest");
  return items
    .filter((memory: { mergedInto: string | null }) => memory.mergedInto === null)
    .map((memory: { content: string }) => memory.content);
}
