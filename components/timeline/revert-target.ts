import type { CallOutput } from "@/lib/client/api";
import type { RevertInput } from "@/lib/client/keys";

/** What is to be taken back; a redo names the revert itself. */
export type RevertTarget = Pick<NonNullable<RevertInput>, "changeIds" | "groupId" | "select">;
export type RevertAnswer = CallOutput<"reverts.create">;

/** So little hangs on it that it is done at once, with undo instead of a preview. */
export function isSimple(preview: RevertAnswer): boolean {
  const targets = new Set(preview.effects.map((effect) => effect.targetId));
  return preview.suspended.length === 0 && preview.unsupported.length === 0 && targets.size <= 1;
}

/** A memory leaves the store with it, so what was learned in its company may be wrong too. */
export function unmakesMemory(preview: RevertAnswer): boolean {
  return preview.effects.some((effect) => effect.register === "exists" && effect.after === false);
}
