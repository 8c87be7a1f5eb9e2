import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { liveIndex } from "@/lib/search/live-index";
import { mismatchedTargets } from "@/lib/queries/verify-targets";
import { changesWhere } from "@/lib/store/ledger-reader";
import { rank } from "@/lib/search/rank";
import { recentRetrievals, vectorOf, type LoggedRetrieval } from "@/lib/store/telemetry";
import { sql } from "@/lib/store/sql";
import type { Change, ChangeWith } from "@/lib/domain/ledger/change";
import type { CycleRun } from "./cycle-run";
import type { MemoryId } from "@/lib/domain/ids";

/** What a cycle wrote is not what it meant to write; it is taken back. */
export class NotVerified extends Error {}

/** Recent recalls that are asked again. */
const ASKED_AGAIN = 30;

/** Checks what was applied: every touched target is the fold of its ledger, and what was replaced is found by its replacement. */
export async function verifyCycle(run: Pick<CycleRun, "ctx" | "id">) {
  const changes = await inWorkspace(run.ctx.workspaceId, (tx) =>
    changesWhere(tx, [run.id], sql`c."cycleId" = ${run.id}::uuid`),
  );
  const targets = changes.map((c) => c.target);
  const wrong = await inWorkspace(run.ctx.workspaceId, (tx) => mismatchedTargets(tx, targets));
  if (wrong.length > 0)
    throw new NotVerified(
      `${String(wrong.length)} of the targets it moved are not what the ledger says, the first is ${wrong[0]?.type ?? ""} ${wrong[0]?.id ?? ""}`,
    );
  const { asked, lost } = await replacedAreFound(run, changes);
  if (lost.length > 0)
    throw new NotVerified(
      `${String(lost.length)} recent recalls found a merged memory and do not find what it was merged into, the first asked «${lost[0]?.query ?? ""}»`,
    );
  return { counts: { targets: new Set(targets.map((t) => t.id)).size, recalls: asked }, value: null };
}

/** Asks recent questions that a source of a merge answered again, by the index that serves recalls. */
async function replacedAreFound(
  { ctx }: Pick<CycleRun, "ctx">,
  changes: readonly Change[],
): Promise<{ asked: number; lost: LoggedRetrieval[] }> {
  const into = new Map(changes.filter(isMembership).map((c) => [c.target.id, c.payload.into]));
  if (into.size === 0) return { asked: 0, lost: [] };
  const recalls = await inWorkspace(ctx.workspaceId, (tx) => showing(tx, [...into.keys()]));
  const live = await liveIndex(ctx.workspaceId);
  const lost: LoggedRetrieval[] = [];
  for (const recall of recalls) {
    const vector = recall.vector === null ? null : vectorOf(recall.vector);
    const usable = vector?.length === live.index.vectors.dimensions ? vector : null;
    const ranked = await rank(live.index, {
      query: recall.query,
      vector: usable,
      scope: recall.scope,
      now: ctx.now(),
      asOf: null,
      parameters: live.parameters,
      epoch: live.epoch,
    });
    const found = new Set<string>(ranked.slice(0, recall.limit).map((r) => r.id));
    const results = recall.shown.flatMap((id) => into.get(id) ?? []);
    if (results.some((id) => !found.has(id))) lost.push(recall);
  }
  return { asked: recalls.length, lost };
}

const isMembership = (change: Change): change is ChangeWith<"member"> => change.op === "member";

async function showing(tx: Tx, ids: readonly string[]): Promise<LoggedRetrieval[]> {
  const { retrievals } = await recentRetrievals(tx, ASKED_AGAIN, {
    // The keys are targets of memberships, which are memories.
    shown: ids as MemoryId[],
    candidates: [],
  });
  return retrievals;
}
