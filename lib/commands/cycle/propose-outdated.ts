import { atLeast, gateOf, type ProposalDraft } from "@/lib/domain/cycle/proposal";
import { CONSTANTS } from "@/lib/domain/parameters";
import { dot } from "@/lib/domain/vector";
import { embeddedText } from "@/lib/domain/recall/embedded-text";
import { labelOf, toView, type MemoryRow } from "@/lib/queries/memory-out";
import { liveIndex } from "@/lib/search/live-index";
import { memoryRows, memoryRowsById } from "@/lib/queries/memory-rows";
import { rank } from "@/lib/search/rank";
import { sha256 } from "@/lib/store/digest";
import { sql } from "@/lib/store/sql";
import { storedVectors } from "@/lib/store/telemetry";
import type { ChangeId } from "@/lib/domain/ids";
import type { Proposer, ProposerView } from "./proposer";
import type { Support } from "@/lib/domain/ledger/change";

/** Memories of which somebody said that they are out of date, the newest first. */
const MOST = 100;
/** The nearest so many are looked at for one that could take the place. */
const NEAREST = 8;

/**
 * Somebody said that a memory is out of date: what contests it, or else the nearest newer one, is proposed to take its place.
 * The proposal rests on those verdicts: where they are taken back, it loses its support. A person always looks.
 */
export const proposeOutdated: Proposer = async (view) => {
  const verdicts = await outdated(view);
  const rows = await memoryRowsById(view.tx, [...verdicts.keys()]);
  const uses = await view.usesOf([...verdicts.keys()]);
  const drafts: ProposalDraft[] = [];
  for (const row of rows.values()) {
    await view.breathe();
    const found = await successor(view, row);
    if (found === null || view.isSettled("supersede", [row.id, found.row.id])) continue;
    drafts.push(draftOf(view, { row, found, said: verdicts.get(row.id) ?? [], uses: uses.get(row.id) ?? 0 }));
  }
  return drafts;
};

interface Found {
  readonly row: MemoryRow;
  readonly similarity: number;
  readonly contests: boolean;
}

function draftOf(
  { parameters }: ProposerView,
  {
    row,
    found,
    said,
    uses,
  }: {
    readonly row: MemoryRow;
    readonly found: Found;
    readonly said: readonly ChangeId[];
    readonly uses: number;
  },
): ProposalDraft {
  const support: Support = {
    terms: said.map((change) => ({ change, amount: CONSTANTS.micro })),
    threshold: CONSTANTS.micro,
  };
  const [older, newer] = [labelOf(row.content), labelOf(found.row.content)];
  return {
    kind: "supersede",
    title: `Let «${newer}» take the place of «${older}»`,
    why: `${said.length === 1 ? "Somebody" : `${String(said.length)} verdicts`} said that the older one is out of date, and ${found.contests ? "the newer one contradicts it" : "the newer one says nearly the same"}. It is valid since ${found.row.validAt.toISOString().slice(0, "2026-01-01".length)}, the older one since ${row.validAt.toISOString().slice(0, "2026-01-01".length)}.`,
    targets: [
      { type: "memory", id: row.id, label: older },
      { type: "memory", id: found.row.id, label: newer },
    ],
    before: row.content,
    after: found.row.content,
    payload: { older: row.id, newer: found.row.id },
    certainty: found.contests ? Math.max(CONTESTED, found.similarity) : found.similarity,
    uses,
    risk: "high",
    support,
    gate: gateOf([
      atLeast("verdicts that it is out of date", said.length, 1),
      atLeast(
        "days by which the newer one is younger",
        (found.row.validAt.getTime() - row.validAt.getTime()) / CONSTANTS.millisPerDay,
        0,
      ),
      ...(found.contests
        ? []
        : [atLeast("similarity", found.similarity, parameters["cycle.outdated.similarity"])]),
    ]),
  };
}

/** A contradiction that somebody wrote down says more than a likeness. */
const CONTESTED = 0.8;

/** By memory: the observations that such verdicts made and that are still in force. */
async function outdated({ tx }: ProposerView): Promise<Map<string, ChangeId[]>> {
  const rows = await tx.$queryRaw<{ memory: string; change: ChangeId }[]>`
    SELECT m."id" AS "memory", c."id" AS "change" FROM "Signal" g CROSS JOIN LATERAL jsonb_array_elements(g."raw"->'memories') AS said
    JOIN "Memory" m ON m."workspaceId" = g."workspaceId" AND m."id"::text = said->>'memoryId'
    JOIN "Change" c ON c."workspaceId" = g."workspaceId" AND c."groupId" = g."groupId" AND c."targetId" = m."id" AND c."op" = 'observe'
    WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."raw" @> '{"memories":[{"verdict":"outdated"}]}' AND said->>'verdict' = 'outdated'
      AND m."exists" AND NOT m."erased" AND m."lifecycle" = 'active' AND m."mergedInto" IS NULL AND m."supersededBy" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')
    ORDER BY g."recordedAt" DESC LIMIT ${MOST}`;
  const found = new Map<string, ChangeId[]>();
  for (const { memory, change } of rows) found.set(memory, [...(found.get(memory) ?? []), change]);
  return found;
}

/** What contests it and is valid since later, the latest; else the nearest that is valid since later. */
async function successor(view: ProposerView, row: MemoryRow): Promise<Found | null> {
  const usable = sql`m."exists" AND NOT m."erased" AND m."lifecycle" = 'active' AND NOT m."quarantined" AND m."mergedInto" IS NULL AND m."supersededBy" IS NULL AND m."validAt" > ${row.validAt}`;
  const rivals = await memoryRows(
    view.tx,
    sql`${usable} AND (m."id" = ANY(${row.contestedWith}::uuid[]) OR ${row.id}::uuid = ANY(m."contestedWith"))`,
    sql`ORDER BY m."validAt" DESC LIMIT 1`,
  );
  const near = await nearest(view, row);
  if (rivals[0]) return { row: rivals[0], similarity: near.get(rivals[0].id) ?? 0, contests: true };
  const candidates = await memoryRows(view.tx, sql`${usable} AND m."id" = ANY(${[...near.keys()]}::uuid[])`);
  const [best] = candidates.sort((a, b) => (near.get(b.id) ?? 0) - (near.get(a.id) ?? 0));
  return best ? { row: best, similarity: near.get(best.id) ?? 0, contests: false } : null;
}

/** Cosine of the memories that a recall of its own words finds, in the same scope. */
async function nearest(view: ProposerView, row: MemoryRow): Promise<ReadonlyMap<string, number>> {
  const live = await liveIndex(view.workspaceId);
  const model = live.embedder?.model;
  if (model === undefined) return new Map();
  const hashOf = (of: MemoryRow) => sha256(embeddedText(toView(of)));
  const [own] = (await storedVectors(view.tx, [hashOf(row)], model)).values();
  if (!own) return new Map();
  const ranked = await rank(live.index, {
    query: row.content,
    vector: own,
    scope: toView(row).scope,
    now: view.now,
    asOf: null,
    parameters: live.parameters,
    epoch: live.epoch,
  });
  const found = await memoryRowsById(
    view.tx,
    ranked
      .filter((r) => r.id !== row.id)
      .slice(0, NEAREST)
      .map((r) => r.id),
  );
  const vectors = await storedVectors(view.tx, [...found.values()].map(hashOf), model);
  return new Map(
    [...found.values()].flatMap((other) => {
      const vector = vectors.get(Buffer.from(hashOf(other)).toString("hex"));
      return vector ? [[other.id, dot(own, vector)] as const] : [];
    }),
  );
}
