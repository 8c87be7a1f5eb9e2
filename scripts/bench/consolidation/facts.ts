import { meanOf } from "../metrics";
import { askProduct } from "../quality";
import { rounded, type Row } from "../report";
import { storeSet, type StoredSet } from "../stored-set";
import { row } from "./pairs";
import { withView } from "./view";

import { proposeMerges } from "@/lib/commands/cycle/propose-merges";
import { mergeMemories } from "@/lib/commands/merge-memories";
import { DEFAULTS } from "@/lib/domain/parameters";
import { PLAIN_READER } from "@/lib/domain/consolidation/plain-reader";
import { wordingOf } from "@/lib/domain/consolidation/wording";

const SETS = ["locomo_facts", "longmemeval"];
/** As cycles do, over and over; a low threshold shows what merging too much would cost. */
const THRESHOLDS = [DEFAULTS["cycle.auto.merge"], DEFAULTS["cycle.accept.merge"]];

/** Everything that a cycle would propose to merge is merged: what stays of the facts, and what the questions still find. */
export async function facts(dataFolder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of SETS)
    for (const threshold of THRESHOLDS)
      rows.push(...(await consolidate(await storeSet(dataFolder, name), threshold)));
  return rows;
}

async function consolidate(stored: StoredSet, threshold: number): Promise<Row[]> {
  const { set, ctx } = stored;
  const before = meanOf((await askProduct(stored)).found);
  const drafts = await withView(ctx, { ...DEFAULTS, "cycle.accept.merge": threshold }, proposeMerges);
  const into = new Map<string, string>();
  const kept = { facts: 0, all: 0, memories: 0 };
  for (const draft of drafts.filter((d) => d.gate.passed)) {
    if (draft.kind !== "merge") continue;
    const { merge } = await mergeMemories(ctx, { sources: draft.payload.sources });
    const { resultId, parts, content } = merge;
    if (resultId === null) continue;
    for (const { memoryId } of parts) into.set(memoryId, resultId);
    const said = wordingOf(content, PLAIN_READER).said;
    const own = new Set(parts.flatMap((part) => factsIn(part.content)));
    kept.facts += [...own].filter((fact) => said.has(fact)).length;
    kept.all += own.size;
    kept.memories += parts.length;
  }
  const resultOf = (id: string): string => into.get(id) ?? id;
  const after = meanOf((await askProduct({ ...stored, idOf: (id) => resultOf(stored.idOf(id)) })).found);
  const at = `${set.name} merged from ${threshold}`;
  return [
    row(`${at}: memories merged`, kept.memories / set.memories.length, { unit: `of ${set.memories.length}` }),
    row(`${at}: facts kept`, kept.all === 0 ? 1 : kept.facts / kept.all, {
      unit: `of ${kept.all} numbers, names and dates`,
    }),
    ...(["recallAt5", "recallAt10", "ndcgAt10"] as const).map((key) =>
      row(`${at}: ${key}`, after[key], {
        unit: "0…1",
        baseline: `before ${rounded(before[key])}`,
        target: "not worse",
      }),
    ),
  ];
}

const factsIn = (text: string): string[] => {
  const { values, names } = wordingOf(text, PLAIN_READER);
  return [...values, ...names];
};
