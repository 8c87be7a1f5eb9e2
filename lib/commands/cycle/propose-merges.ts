import {
  atLeast,
  atMost,
  gateOf,
  MOST_DISTANT,
  type DraftWith,
  type GateFigure,
} from "@/lib/domain/cycle/proposal";
import { clustersOf } from "@/lib/domain/consolidation/clusters";
import { tellingPairs } from "./compared-pairs";
import { labelOf } from "@/lib/queries/memory-out";
import { mergeText } from "@/lib/domain/memory/merge-text";
import type { Guard } from "@/lib/domain/consolidation/guards";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Proposer } from "./proposer";

/** What a guard found, for a person who wonders why two memories were not merged. */
const REASONS: Readonly<Record<Guard, string>> = {
  numbers: "they give other numbers",
  dates: "they give other dates",
  ids: "they name other versions or ids",
  negation: "one denies what the other says",
  subject: "they are about somebody else",
  opposite: "one says the opposite of the other",
  roles: "who does it to whom is turned around",
  attribute: "they give other values for one attribute",
  time: "they speak of another day",
};

/** Memories that say the same, in groups in which every two are sure by themselves; and near misses, which their gate rejects. */
export const proposeMerges: Proposer = async (view) => {
  const { same, stopped } = await tellingPairs(view);
  const memories = new Map<string, MemoryView>(
    [...same, ...stopped].flatMap(({ older, newer }) => [
      [older.view.id, older.view] as const,
      [newer.view.id, newer.view] as const,
    ]),
  );
  const clusters = clustersOf(
    same.map(({ older, newer, certainty }) => ({ a: older.view.id, b: newer.view.id, certainty })),
    { least: 0, most: view.parameters["cycle.merge.most"] },
  );
  const uses = await view.usesOf([...memories.keys()]);
  const cosines = new Map(same.map((pair) => [keyOf(pair.older.view.id, pair.newer.view.id), pair.cosine]));
  const groups = clusters.map(({ members, certainty }) => ({
    sources: members.flatMap((id) => memories.get(id) ?? []),
    certainty,
    stopped: NOTHING,
    cosine: null,
  }));
  const misses = stopped.map(({ older, newer, certainty, guards, cosine }) => ({
    sources: [older.view, newer.view],
    certainty,
    stopped: guards,
    cosine,
  }));
  return [...groups, ...misses].map((group) =>
    draftOf(group, { uses, cosine: group.cosine ?? lowestCosine(group.sources, cosines) }),
  );
};

const NOTHING: readonly Guard[] = [];

interface Group {
  readonly sources: readonly MemoryView[];
  readonly certainty: number;
  /** Guards that stop it; none for a group. */
  readonly stopped: readonly Guard[];
}

interface Known {
  readonly uses: ReadonlyMap<string, number>;
  readonly cosine: number | null;
}

function draftOf({ sources, certainty, stopped }: Group, { uses, cosine }: Known): DraftWith<"merge"> {
  const { text } = mergeText(sources);
  const [first] = sources;
  const figures: GateFigure[] = [
    atMost("signs in the words that they are not the same", stopped.length, 0),
    ...(cosine === null ? [] : [atLeast(MOST_DISTANT, cosine, 0)]),
  ];
  return {
    kind: "merge",
    title: `Merge ${String(sources.length)} memories: «${labelOf(first?.content ?? "")}»`,
    why:
      stopped.length > 0
        ? `Their words are much alike, but ${stopped.map((guard) => REASONS[guard]).join(", and ")}.`
        : "They say the same. Merged they are found once and share what is learned; any of them can leave again.",
    targets: sources.map(({ id, content }) => ({ type: "memory", id, label: labelOf(content) })),
    before: sources.map(({ content }) => content).join("\n"),
    after: text,
    payload: { sources: sources.map(({ id }) => id) },
    certainty,
    uses: Math.max(0, ...sources.map(({ id }) => uses.get(id) ?? 0)),
    gate: gateOf(figures),
    support: null,
  };
}

const keyOf = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);

function lowestCosine(
  sources: readonly MemoryView[],
  cosines: ReadonlyMap<string, number | null>,
): number | null {
  const own = sources.flatMap((a, i) =>
    sources.slice(i + 1).map((b) => cosines.get(keyOf(a.id, b.id)) ?? null),
  );
  const known = own.filter((cosine) => cosine !== null);
  return known.length === 0 ? null : Math.min(...known);
}
