import { inWorkspace } from "@/lib/store/prisma";
import { isKnownForm, memoryId, notFound } from "@/lib/domain/ids";
import { labelOf } from "./memory-out";
import { memoryRowsById } from "./memory-rows";
import { verdictsToReach, type Judge } from "./if-helpful";
import { refusal, scoreOne, type Ranked, type Search } from "@/lib/search/rank";
import type { Asker } from "./asker";
import type { IndexedMemory } from "@/lib/search/indexed-memory";
import type { LiveIndex } from "@/lib/search/held-index";

interface Explained {
  readonly live: LiveIndex;
  readonly search: Search;
  readonly ranked: readonly Ranked[];
  readonly shown: readonly Ranked[];
  readonly target: string | undefined;
}

const MOST_DROPPED = 50;

/** The stages of a recall with what fell out of each, and why one memory is or is not among the results. */
export async function explain(ctx: Asker & Judge, given: Explained) {
  const { live, search, ranked, shown } = given;
  const all = live.index.memories.filter((m) => m !== undefined);
  const refused = all.flatMap((memory) => {
    const why = refusal(memory, search);
    return why === null ? [] : [{ memory, why }];
  });
  const allowed = all.length - refused.length;
  const below = ranked.slice(shown.length);
  const dropped = [
    ...refused.map(({ memory, why }) => ({ id: memory.id, stage: "filter", reason: REASONS[why].reason })),
    ...below.map((r) => ({
      id: r.id,
      stage: "shown",
      reason: `scored ${r.score.toFixed(3)}, the last shown ${(shown.at(-1)?.score ?? 0).toFixed(3)}`,
    })),
  ].slice(0, MOST_DROPPED);
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await memoryRowsById(
      tx,
      dropped.map((d) => d.id),
    );
    return {
      stages: [
        { stage: "in the index", count: all.length, dropped: 0 },
        { stage: "filter", count: allowed, dropped: refused.length },
        { stage: "routes", count: ranked.length, dropped: allowed - ranked.length },
        { stage: "shown", count: shown.length, dropped: below.length },
      ],
      dropped: dropped.map(({ id, stage, reason }) => ({
        memoryId: id,
        label: labelOf(rows.get(id)?.content ?? ""),
        stage,
        reason,
      })),
      target:
        given.target === undefined
          ? null
          : await whyNot(
              { ...given, judge: ctx },
              given.target,
              isKnownForm(given.target)
                ? (await memoryRowsById(tx, [given.target])).get(memoryId(given.target))
                : undefined,
            ),
      parameters: { ...search.parameters },
    };
  });
}

const REASONS = {
  scope: {
    reason: "belongs to another scope than the one asked in",
    remedy: "ask in its scope, or without one",
  },
  filter: { reason: "does not match the filter", remedy: "loosen the filter" },
  superseded: {
    reason: "was superseded by a newer memory",
    remedy: "ask as of an earlier time, or take the supersession back",
  },
  validity: { reason: "is not valid at the time asked about", remedy: "ask as of a time at which it holds" },
} as const;

type Row = NonNullable<ReturnType<Awaited<ReturnType<typeof memoryRowsById>>["get"]>>;

async function whyNot(
  { live, search, ranked, shown, judge }: Explained & { readonly judge: Judge },
  target: string,
  row: Row | undefined,
) {
  if (!row) throw notFound("memory", target);
  const id = memoryId(row.id);
  const at = ranked.findIndex((r) => r.id === id);
  const lowest = shown.at(-1)?.score ?? null;
  const common = { memoryId: id, lowestShownScore: lowest };
  const indexed = live.index.find(id);
  if (!indexed)
    return {
      ...common,
      ...notIndexed(row),
      found: false,
      rank: null,
      stage: "in the index",
      score: null,
      parts: null,
    };
  const why = refusal(indexed, search);
  if (why !== null)
    return {
      ...common,
      ...REASONS[why],
      found: false,
      rank: null,
      stage: "filter",
      score: null,
      parts: null,
    };
  const scored = ranked[at] ?? (await scoreOne(live.index, id, search));
  const placed = {
    ...common,
    rank: at < 0 ? null : at + 1,
    score: scored?.score ?? null,
    parts: scored?.parts ?? null,
  };
  if (at >= 0 && at < shown.length)
    return { ...placed, found: true, stage: "shown", reason: `is shown at rank ${at + 1}`, remedy: "" };
  const gap = (lowest ?? 0) - (scored?.score ?? 0);
  const verdicts =
    scored === null
      ? null
      : verdictsToReach(lowest ?? 0, {
          index: live.index,
          memory: indexed,
          search,
          judge,
          parts: scored.parts,
          score: scored.score,
        });
  const remedy =
    verdicts === null
      ? `ask for at least ${at < 0 ? ranked.length + 1 : at + 1} results, or mend its words`
      : `judge it helpful for this question${verdicts === 1 ? "" : `, ${verdicts} times`}: that would bring it past the last shown`;
  return {
    ...placed,
    found: false,
    stage: at < 0 ? "routes" : "shown",
    reason: at < 0 ? noRoute(indexed) : `scored ${gap.toFixed(3)} below the last shown`,
    remedy,
  };
}

const noRoute = (memory: IndexedMemory): string =>
  memory.hasVector
    ? "neither its meaning, its words nor its age brought it among the candidates"
    : "has no vector yet, and its words did not match";

function notIndexed(row: Row): { reason: string; remedy: string } {
  if (row.erased) return { reason: "was erased", remedy: "nothing brings it back" };
  if (!row.exists)
    return { reason: "its creation was taken back", remedy: "redo the creation on the timeline" };
  if (row.mergedInto !== null)
    return {
      reason: `is merged into ${row.mergedInto}`,
      remedy: "look for the merged memory, or take the merge back",
    };
  if (row.lifecycle !== "active") return { reason: `is ${row.lifecycle}`, remedy: "restore it" };
  return row.quarantined
    ? { reason: "is quarantined", remedy: "release it" }
    : { reason: "is not in the index yet", remedy: "try again in a moment" };
}
