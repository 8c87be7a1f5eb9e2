import { kinship, statusMoves, type StatusMove } from "./reach";
import { targetKey, type Change, type Draft, type Target, type TargetKey } from "./change";
import type { NotLive } from "./live";
import type { LedgerReader } from "./reader";
import { groupBy } from "@/lib/domain/group-by";
import { memoryId, seqOf, type ChangeId, type MemoryId, type Millis, type Seq } from "@/lib/domain/ids";
import { resolve } from "@/lib/domain/memory/resolve";
import * as registers from "@/lib/domain/registers/registers";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Registers } from "@/lib/domain/registers/registers";

/** What an append does to the ledger and its projection; the store writes exactly this and nothing else. */
export interface Applied {
  readonly changes: readonly Change[];
  /** Changes whose liveness moved, the new ones that are born suspended included. */
  readonly statuses: readonly StatusMove[];
  /** Registers of every target that was written to, before and after. */
  readonly targets: ReadonlyMap<TargetKey, { readonly before: Registers | null; readonly after: Registers }>;
  /** Memories whose view moved or was written to, with the view before (null: never existed) and after. */
  readonly memories: ReadonlyMap<
    MemoryId,
    { readonly before: MemoryView | null; readonly after: MemoryView }
  >;
  /** Decisions whose recorded gate fails, or passes again, on what is live now. */
  readonly support: readonly { readonly change: Change; readonly unsupported: boolean }[];
}

/**
 * The incremental path: one step per appended change; a revert refolds only its reach. It must agree with `fold` at all
 * times (laws 1 and 6). `drafts` are in the order in which they get their seq.
 */
export async function apply(
  reader: LedgerReader,
  head: Seq,
  input: { readonly drafts: readonly Draft[]; readonly at: Millis },
): Promise<Applied> {
  // A draft is a change without its place; giving it one completes the union member it already is.
  return applyPlaced(
    reader,
    input.drafts.map((draft, i) => ({ ...draft, seq: seqOf(head + 1 + i), at: input.at }) as Change),
  );
}

/** The same for changes of one append that have their place already: a ledger, or a closed part of one, that is played again. */
export async function applyPlaced(reader: LedgerReader, changes: readonly Change[]): Promise<Applied> {
  const statuses = await statusMoves(reader, changes);
  const isNew = new Set(changes.map((c) => c.id));
  const born = statuses.filter((m) => isNew.has(m.change.id) && m.after === "live").map((m) => m.change);
  const flips = statuses.filter(
    (m) => !isNew.has(m.change.id) && (m.before === "live") !== (m.after === "live"),
  );
  const [{ targets, memories }, support] = await Promise.all([
    moveTargets(reader, changes, { born, flips }).then(async (targets) => ({
      targets,
      memories: await moveMemories(reader, changes, targets),
    })),
    retest(reader, statuses, { born: changes, flips }),
  ]);
  return {
    changes,
    statuses: statuses.filter((m) => !sameStatus(m.before, m.after)),
    targets,
    memories,
    support,
  };
}

/** Both parts of a target's move: new changes that are live, and old ones that were switched on or off. */
interface Moves {
  readonly born: readonly Change[];
  readonly flips: readonly StatusMove[];
}

async function moveTargets(
  reader: LedgerReader,
  changes: readonly Change[],
  moves: Moves,
): Promise<Applied["targets"]> {
  const touched = [...changes.map((c) => c.target), ...moves.flips.map((f) => f.change.target)];
  const targets = new Map(touched.map((t) => [targetKey(t), t]));
  const before = await reader.registers([...targets.values()]);
  const born = groupBy(moves.born, (c) => targetKey(c.target));
  const flips = groupBy(moves.flips, (f) => targetKey(f.change.target));
  const moved = new Map<TargetKey, { before: Registers | null; after: Registers }>();
  const refolds: Target[] = [];
  for (const [key, target] of targets) {
    const start = before.get(key) ?? registers.initial(target.type);
    const flipped = flip(start, flips.get(key) ?? []);
    if (flipped === null) refolds.push(target);
    else
      moved.set(key, {
        before: before.get(key) ?? null,
        after: registers.stepAll(flipped, born.get(key) ?? []),
      });
  }
  for (const [key, after] of await refold(reader, refolds, moves))
    moved.set(key, { before: before.get(key) ?? null, after });
  return moved;
}

/** Switches changes on and off in place where the registers allow it; null when the target must be folded anew. */
function flip(start: Registers, flips: readonly StatusMove[]): Registers | null {
  const left = registers.unstepAll(
    start,
    flips.filter((f) => f.after !== "live").map((f) => f.change),
  );
  return (
    left &&
    registers.stepAll(
      left,
      flips.filter((f) => f.after === "live").map((f) => f.change),
    )
  );
}

/** Folds targets from their own part of the ledger. */
async function refold(
  reader: LedgerReader,
  targets: readonly Target[],
  moves: Moves,
): Promise<Map<TargetKey, Registers>> {
  if (targets.length === 0) return new Map();
  const history = await reader.changesOf(targets);
  const notLive = await reader.notLive(history.map((c) => c.id));
  const flipped = new Map(moves.flips.map((f) => [f.change.id, f.after === "live"]));
  const live = history.filter((c) => flipped.get(c.id) ?? !notLive.has(c.id));
  const wanted = new Set(targets.map(targetKey));
  const byTarget = groupBy([...live, ...moves.born.filter((c) => wanted.has(targetKey(c.target)))], (c) =>
    targetKey(c.target),
  );
  return new Map(
    targets.map((t) => {
      const inOrder = (byTarget.get(targetKey(t)) ?? []).sort((a, b) => a.seq - b.seq);
      return [targetKey(t), registers.stepAll(registers.initial(t.type), inOrder)];
    }),
  );
}

/** Views of the written memories and of their kin; kin whose view did not move are left out. */
async function moveMemories(
  reader: LedgerReader,
  changes: readonly Change[],
  targets: Applied["targets"],
): Promise<Applied["memories"]> {
  const written = [...targets.keys()]
    .filter((k) => k.startsWith("memory:"))
    .map((k) => memoryId(k.slice("memory:".length)));
  if (written.length === 0) return new Map();
  const joined = changes.flatMap((c) => (c.op === "member" ? [c.payload.into] : []));
  const component = await kinship(reader, [...new Set([...written, ...joined])]);
  const others = component.filter((id) => !targets.has(targetKey({ type: "memory", id })));
  const loaded = await reader.registers(others.map((id) => ({ type: "memory", id })));
  const own = (id: MemoryId, side: "before" | "after") => {
    const key = targetKey({ type: "memory", id });
    const found = targets.get(key)?.[side] ?? (targets.has(key) ? null : loaded.get(key));
    return found?.type === "memory" ? ([[id, found.of]] as const) : [];
  };
  const before = resolve(new Map(component.flatMap((id) => own(id, "before"))));
  const after = resolve(new Map(component.flatMap((id) => own(id, "after"))));
  const isWritten = new Set(written);
  return new Map(
    [...after]
      .filter(([id, view]) => isWritten.has(id) || !sameView(before.get(id), view))
      .map(([id, view]) => [id, { before: before.get(id) ?? null, after: view }]),
  );
}

/** Tests the gates of new decisions, and of old ones that rest on evidence which was switched on or off. */
async function retest(
  reader: LedgerReader,
  statuses: readonly StatusMove[],
  { born, flips }: Moves,
): Promise<Applied["support"]> {
  const old = await reader.supportedBy(flips.map((f) => f.change.id));
  const decisions = [...old, ...born.filter((c) => c.support !== null)];
  const terms = new Set(decisions.flatMap((d) => d.support?.terms.map((t) => t.change) ?? []));
  const notLive = await reader.notLive([...terms]);
  const decided = new Map(statuses.map((m) => [m.change.id, m.after === "live"]));
  const isLive = (id: ChangeId) => decided.get(id) ?? !notLive.has(id);
  return decisions.map((change) => ({ change, unsupported: !gatePasses(change, isLive) }));
}

/** Whether what is live of a decision's support still reaches its threshold. A decision without support has no gate. */
export function gatePasses(change: Change, isLive: (id: ChangeId) => boolean): boolean {
  if (change.support === null) return true;
  const amounts = change.support.terms.filter((t) => isLive(t.change)).map((t) => t.amount);
  return amounts.reduce((sum, amount) => sum + amount, 0) >= change.support.threshold;
}

const sameStatus = (a: NotLive | "live", b: NotLive | "live"): boolean =>
  a === "live" || b === "live" ? a === b : a.state === b.state && a.by === b.by;

// Views are plain data built by one function in one order of fields, so equal views have equal text.
const sameView = (a: MemoryView | undefined, b: MemoryView): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
