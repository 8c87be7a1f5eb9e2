import { groupBy } from "@/lib/domain/group-by";
import type { Change } from "./change";
import type { ChangeId } from "@/lib/domain/ids";

/** Why a change is not in force. `suspended` is lossless: it resumes by itself when its dependency is live again. */
export type NotLive =
  | { readonly state: "reverted"; readonly by: ChangeId }
  | { readonly state: "suspended"; readonly by: ChangeId };

/** What `liveness` has to know of a change's surroundings. */
export interface LiveLookup {
  readonly change: (id: ChangeId) => Change | undefined;
  /** Every change that reverts this one, live or not. */
  readonly revertsOf: (id: ChangeId) => readonly Change[];
  /** Answer for changes outside the part under consideration; undefined sends the question into the recursion. */
  readonly known?: (id: ChangeId) => NotLive | "live" | undefined;
}

/**
 * live(c) = no live revert r of c, and every dependency of c is live.
 *
 * Well-founded because a revert has no dependencies: the first half only climbs to higher seqs, and the second only
 * descends. Returns the reason for each change asked about, or "live". The answers are remembered for one lookup. What is
 * still open stands in a list and not on the call stack, because undo and redo in turn make chains of any length.
 * Throws on a ledger that is not well-founded, which no append can make.
 */
export function liveness(lookup: LiveLookup): (id: ChangeId) => NotLive | "live" {
  const answers = new Map<ChangeId, NotLive | "live">();
  const opened = new Set<ChangeId>();
  const peek = (id: ChangeId) => answers.get(id) ?? lookup.known?.(id);
  return (id) => {
    const open = [id];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      const asked =
        peek(at) === undefined ? grounds(at, lookup).filter((other) => peek(other) === undefined) : [];
      if (asked.length === 0) {
        answers.set(at, peek(at) ?? judge(at, lookup, peek));
        open.pop();
      } else if (opened.has(at)) throw new Error(`change ${at} depends on itself`);
      else {
        opened.add(at);
        for (const other of asked) open.push(other);
      }
    }
    return peek(id) ?? "live";
  };
}

/** What the answer for a change follows from. */
const grounds = (id: ChangeId, lookup: LiveLookup): ChangeId[] => [
  ...lookup.revertsOf(id).map((r) => r.id),
  ...(lookup.change(id)?.dependsOn ?? []),
];

function judge(
  id: ChangeId,
  lookup: LiveLookup,
  of: (id: ChangeId) => NotLive | "live" | undefined,
): NotLive | "live" {
  const revert = lookup.revertsOf(id).find((r) => of(r.id) === "live");
  if (revert) return { state: "reverted", by: revert.id };
  const missing = lookup.change(id)?.dependsOn.find((dependency) => of(dependency) !== "live");
  return missing === undefined ? "live" : { state: "suspended", by: missing };
}

/** The live ones among a whole ledger, in seq order. */
export function liveChanges(changes: readonly Change[]): Change[] {
  const byId = new Map(changes.map((c) => [c.id, c]));
  const reverts = groupBy(
    changes.filter((c) => c.reverts !== null),
    (c) => c.reverts,
  );
  const ask = liveness({ change: (id) => byId.get(id), revertsOf: (id) => reverts.get(id) ?? [] });
  return changes.filter((c) => ask(c.id) === "live").sort((a, b) => a.seq - b.seq);
}
