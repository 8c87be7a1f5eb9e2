/** What the changes of a random history say: texts, weights, shares, gates; all of it follows from the step's numbers. */
import { brand, memoryId, millis, type MemoryId } from "@/lib/domain/ids";
import { KINDS, type MemoryView } from "@/lib/domain/memory/memory";
import { DEFAULTS } from "@/lib/domain/parameters";
import { splitShares } from "@/lib/domain/memory/shares";
import type { Made } from "@/lib/domain/ledger/draft";
import type {
  Actor,
  ChangeWith,
  MemoryBirth,
  ObservePayload,
  SetPayload,
  Support,
} from "@/lib/domain/ledger/change";
import type { MadeFrom, Observation, StepOf } from "./histories";
import type { InMemoryLedger } from "./in-memory-ledger";

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 1);
const TRUST = ["owner", "verified", "ordinary", "low"] as const;

export const whose = (who: number) => ({
  actor: `key:${who % 3}` as Actor,
  origin: `channel-${Math.floor(who / 3) % 3}`,
  session: `session-${Math.floor(who / 9) % 3}`,
});

export const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** Every memory that was ever made, in force or not. */
export function madeIn(ledger: InMemoryLedger): Made[] {
  return ledger.all.flatMap((c) =>
    c.op === "create" || c.op === "merge" ? [{ id: memoryId(c.target.id), createdBy: c.id }] : [],
  );
}

/** Names as `search-state` reads them, of every text that was ever written, and one that no text holds. */
export function namesSaid(ledger: InMemoryLedger): string[] {
  const texts = ledger.all.flatMap((c) =>
    c.op === "create" || c.op === "merge" || c.op === "edit" ? [c.payload.content ?? ""] : [],
  );
  const said = texts.flatMap((content) => content.match(NAME)?.filter((name) => name.length > 1) ?? []);
  return [...new Set([...said.map((name) => name.toLowerCase()), "nowhere"])];
}

/** The number of a note is a name, which an edit can give to two memories; so is Rome. */
export const NAME = /Rome|\d\d?(?=\W|$)/gu;

export const viewOf = (ledger: InMemoryLedger, id: MemoryId): MemoryView | undefined => ledger.views.get(id);

const WHO = ["Ann", "Bo", "my sister", "the neighbour"] as const;
const DID = ["likes", "forgot", "bought", "lost", "paints"] as const;
const WHAT = [
  "green tea",
  "the piano",
  "a train to Rome",
  "the garden in May",
  "black coffee",
  "old maps",
  "tea and coffee",
] as const;

/** Few words in many combinations, so that memories share some with each other and with a query; some of them ask. */
export const text = (n: number): string =>
  `${WHO[n % WHO.length]} ${DID[n % DID.length]} ${WHAT[n % WHAT.length]}, note ${n}${n % 6 === 0 ? "?" : ""}`;

export function birth(n: number, who: number): MemoryBirth {
  return {
    content: text(n),
    kind: KINDS[n % KINDS.length] ?? "fact",
    tags: n % 3 === 0 ? [] : [`tag-${n % 3}`],
    metadata: { n },
    scope: { userId: `user-${n % 2}`, sessionId: whose(who).session },
    source: {
      channel: whose(who).origin,
      ...(who % 3 === 0 ? {} : { speaker: who % 3 === 1 ? "Ann" : "Bo" }),
    },
    trust: TRUST[who % TRUST.length] ?? "low",
    validAt: millis(FIRST_DAY + n * DAY),
    invalidAt: null,
  };
}

export function setPayload({ register, value }: StepOf<"set">): SetPayload {
  switch (register) {
    case "kind":
      return { register, value: KINDS[value % KINDS.length] ?? "fact" };
    case "tags":
      return { register, value: [`tag-${value}`] };
    case "metadata":
      return { register, value: { set: value } };
    case "validAt":
      return { register, value: millis(FIRST_DAY - value * DAY) };
    case "invalidAt":
      return { register, value: value % 2 === 0 ? null : millis(FIRST_DAY + value * DAY) };
  }
}

export function observed({ alpha, beta, source, day }: Observation): Omit<ObservePayload, "shares"> {
  const isShown = source % 2 === 0;
  return {
    weight: [alpha, beta],
    source: `${TRUST[source % TRUST.length] ?? "low"}:key/${source % 5}`,
    at: millis(FIRST_DAY - day * DAY),
    signalId: null,
    retrievalId: isShown ? brand(`retrieval-${source}`) : null,
    rank: isShown ? 1 + (source % 10) : null,
    queryKey: isShown ? `query-${source % 7}` : null,
  };
}

/** Integer shares over the leaves that exist now, exact to the millionth; null for a memory that is not a result. */
export function sharesFor(
  ledger: InMemoryLedger,
  id: MemoryId,
  { alpha, beta, split }: Observation,
): ObservePayload["shares"] {
  const leaves = leavesOf(ledger, id).filter((leaf) => leaf !== id && viewOf(ledger, leaf)?.exists);
  if (leaves.length === 0) return null;
  const similarities = leaves.map((leaf, i) => ({
    id: leaf,
    similarity: (split[i % split.length] ?? 0) / 63,
  }));
  return splitShares([alpha, beta], similarities, DEFAULTS["learning.shares.temperature"]);
}

/** The memories at the bottom of a merge: those in force while it is, else those that it was made of. */
function leavesOf(ledger: InMemoryLedger, id: MemoryId): MemoryId[] {
  const members = viewOf(ledger, id)?.mergedFrom ?? [];
  const named = ledger.all.flatMap((c) => (c.op === "merge" && c.target.id === id ? c.payload.sources : []));
  const below = members.length > 0 ? members : named;
  return below.length === 0 ? [id] : [...new Set(below.flatMap((source) => leavesOf(ledger, source)))];
}

/** Whose words a text uses: nobody's, one source's, all direct sources', or also those of the leaves under them. */
export function wordsOf(ledger: InMemoryLedger, id: MemoryId, madeFrom: MadeFrom): MemoryId[] {
  return wordsFrom(ledger, viewOf(ledger, id)?.mergedFrom ?? [], madeFrom);
}

export function wordsFrom(
  ledger: InMemoryLedger,
  sources: readonly MemoryId[],
  madeFrom: MadeFrom,
): MemoryId[] {
  switch (madeFrom) {
    case "nobody":
      return [];
    case "first":
      return sources.slice(0, 1);
    case "all":
      return [...sources];
    case "leaves":
      return [...new Set([...sources, ...sources.flatMap((source) => leavesOf(ledger, source))])];
  }
}

/** The gate of a decision that passes by `margin` on the evidence in force now. */
export function gateOf(ledger: InMemoryLedger, step: StepOf<"decide">): Support | null {
  const evidence = ledger.all.filter((c): c is ChangeWith<"observe"> => c.op === "observe");
  const chosen = [...new Set(step.evidence.flatMap((n) => at(evidence, n) ?? []))];
  const terms = chosen.map((c) => ({ change: c.id, amount: c.payload.weight[0] - c.payload.weight[1] }));
  const inForce = terms.filter((t) => !ledger.statuses.has(t.change)).reduce((sum, t) => sum + t.amount, 0);
  return terms.length === 0 ? null : { terms, threshold: inForce - step.margin };
}
