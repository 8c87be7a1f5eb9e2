import type { CallOutput } from "@/lib/client/api";
import type { RevertInput } from "@/lib/client/keys";

/** What is to be taken back; a redo names the revert itself. */
export type RevertTarget = Pick<NonNullable<RevertInput>, "changeIds" | "groupId" | "cycleId" | "select">;
export type RevertAnswer = CallOutput<"reverts.create">;

/** So little hangs on it that it is done at once, with undo instead of a preview. What others learned beside it is a choice, so it is asked. */
export function isSimple(preview: RevertAnswer): boolean {
  const targets = new Set(preview.effects.map((effect) => effect.targetId));
  const isAlone = preview.suspended.length === 0 && preview.unsupported.length === 0 && targets.size <= 1;
  return isAlone && (preview.contamination?.all ?? 0) === 0;
}
