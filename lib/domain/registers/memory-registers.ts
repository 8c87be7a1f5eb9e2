import * as contentRegister from "./content";
import * as evidenceRegister from "./evidence";
import * as flagRegister from "./flag";
import * as lastWrite from "./last-write";
import type { Content } from "./content";
import type { EvidenceSums } from "./evidence";
import type { Flag } from "./flag";
import type { LastWrite } from "./last-write";
import { groupBy } from "@/lib/domain/group-by";
import { unreachable } from "@/lib/domain/errors";
import type { Change, ChangeWith, MemoryBirth, SetPayload, Weight } from "@/lib/domain/ledger/change";
import type { ChangeId, MemoryId, Millis, Seq } from "@/lib/domain/ids";
import type { Kind, Lifecycle, Metadata } from "@/lib/domain/memory/memory";

/** The existence register: the live creation or merge that made this memory, without its text (which is a content write). */
export interface Birth extends Omit<MemoryBirth, "content"> {
  readonly seq: Seq;
  readonly by: ChangeId;
  readonly at: Millis;
  /** Sources in the order given at the merge; null for a memory that is not a merge's result. */
  readonly sources: readonly MemoryId[] | null;
}

/** Everything about one memory that changes write, each piece folded by itself. Nothing here reads another target. */
export interface MemoryRegisters {
  readonly birth: Birth | null;
  readonly content: Content;
  readonly kind: LastWrite<Kind> | null;
  readonly tags: LastWrite<readonly string[]> | null;
  readonly metadata: LastWrite<Metadata> | null;
  readonly validAt: LastWrite<Millis> | null;
  readonly invalidAt: LastWrite<Millis | null> | null;
  readonly lifecycle: LastWrite<Lifecycle> | null;
  readonly pins: Flag<never>;
  readonly quarantines: Flag<never>;
  readonly supersessions: Flag<MemoryId>;
  readonly contests: Flag<MemoryId>;
  readonly memberships: Flag<MemoryId>;
  readonly evidence: EvidenceSums;
  /** On a merge's result: what each leaf gets of the evidence here while the merge is not in force. */
  readonly shares: Readonly<Record<MemoryId, EvidenceSums>>;
  readonly purged: boolean;
}

export const initial: MemoryRegisters = {
  birth: null,
  content: contentRegister.initial,
  kind: null,
  tags: null,
  metadata: null,
  validAt: null,
  invalidAt: null,
  lifecycle: null,
  pins: [],
  quarantines: [],
  supersessions: [],
  contests: [],
  memberships: [],
  evidence: evidenceRegister.initial,
  shares: {},
  purged: false,
};

/**
 * Folds one live change of this memory in. Order matters for none of the registers. An erased memory keeps its sums, which
 * hold no words and which other memories may have a share in, and takes in nothing else.
 */
export function step(registers: MemoryRegisters, change: Change): MemoryRegisters {
  if (registers.purged && change.op !== "observe") return registers;
  switch (change.op) {
    case "create":
      return stepBirth(registers, change, null);
    case "merge":
      return stepBirth(registers, change, change.payload.sources);
    case "edit":
      return { ...registers, content: stepContent(registers, change) };
    case "set":
      return stepSet(registers, change.seq, change.payload);
    case "archive":
      return stepLifecycle(registers, change.seq, "archived");
    case "restore":
      return stepLifecycle(registers, change.seq, "active");
    case "delete":
      return stepLifecycle(registers, change.seq, "deleted");
    case "pin":
      return { ...registers, pins: flagRegister.step(registers.pins, plain(change)) };
    case "quarantine":
      return { ...registers, quarantines: flagRegister.step(registers.quarantines, plain(change)) };
    case "supersede":
      return {
        ...registers,
        supersessions: flagRegister.step(registers.supersessions, naming(change, change.payload.by)),
      };
    case "contest":
      return {
        ...registers,
        contests: flagRegister.step(registers.contests, naming(change, change.payload.with)),
      };
    case "member":
      return {
        ...registers,
        memberships: flagRegister.step(registers.memberships, naming(change, change.payload.into)),
      };
    case "observe":
      return stepEvidence(registers, [change], evidenceRegister.stepAll);
    case "purge":
      return { ...initial, evidence: registers.evidence, shares: registers.shares, purged: true };
    case "revert":
    case "link":
    case "tune":
    case "introduce":
    case "rename":
    case "retype":
    case "alias":
    case "relate":
    case "weigh":
    case "hide":
    case "decline":
      return registers;
    default:
      return unreachable(change);
  }
}

/** The same as one step for each, but all observations at once: their sums do not care about the order. */
export function stepAll(registers: MemoryRegisters, changes: readonly Change[]): MemoryRegisters {
  const others = changes.filter((c) => c.op !== "observe").reduce(step, registers);
  return stepEvidence(
    others,
    changes.filter((c) => c.op === "observe"),
    evidenceRegister.stepAll,
  );
}

/** Takes one change out again in O(1) where its register allows it; null when the target has to be folded anew. */
function unstep(registers: MemoryRegisters, change: Change): MemoryRegisters | null {
  switch (change.op) {
    case "observe":
      return stepEvidence(registers, [change], evidenceRegister.unstepAll);
    case "pin":
      return { ...registers, pins: flagRegister.unstep(registers.pins, change.id) };
    case "quarantine":
      return { ...registers, quarantines: flagRegister.unstep(registers.quarantines, change.id) };
    case "supersede":
      return { ...registers, supersessions: flagRegister.unstep(registers.supersessions, change.id) };
    case "contest":
      return { ...registers, contests: flagRegister.unstep(registers.contests, change.id) };
    case "member":
      return { ...registers, memberships: flagRegister.unstep(registers.memberships, change.id) };
    case "revert":
      return registers;
    default:
      return null;
  }
}

/** The same as one unstep for each; null as soon as one of them is. */
export function unstepAll(registers: MemoryRegisters, changes: readonly Change[]): MemoryRegisters | null {
  const others = changes.filter((c) => c.op !== "observe");
  const left = others.reduce<MemoryRegisters | null>(
    (own, change) => (own === null ? null : unstep(own, change)),
    registers,
  );
  return left === null
    ? null
    : stepEvidence(
        left,
        changes.filter((c) => c.op === "observe"),
        evidenceRegister.unstepAll,
      );
}

function stepBirth(
  registers: MemoryRegisters,
  change: ChangeWith<"create"> | ChangeWith<"merge">,
  sources: readonly MemoryId[] | null,
): MemoryRegisters {
  const { kind, tags, metadata, scope, source, trust, validAt, invalidAt, content } = change.payload;
  const madeFrom = change.op === "merge" ? change.payload.madeFrom : [];
  return {
    ...registers,
    birth: {
      seq: change.seq,
      by: change.id,
      at: change.at,
      kind,
      tags,
      metadata,
      scope,
      source,
      trust,
      validAt,
      invalidAt,
      sources,
    },
    content: contentRegister.step(registers.content, { seq: change.seq, text: content, madeFrom }),
  };
}

const stepContent = (registers: MemoryRegisters, change: ChangeWith<"edit">): Content =>
  contentRegister.step(registers.content, {
    seq: change.seq,
    text: change.payload.content,
    madeFrom: change.payload.madeFrom,
  });

function stepSet(registers: MemoryRegisters, seq: Seq, write: SetPayload): MemoryRegisters {
  switch (write.register) {
    case "kind":
      return { ...registers, kind: lastWrite.step(registers.kind, { seq, value: write.value }) };
    case "tags":
      return { ...registers, tags: lastWrite.step(registers.tags, { seq, value: write.value }) };
    case "metadata":
      return { ...registers, metadata: lastWrite.step(registers.metadata, { seq, value: write.value }) };
    case "validAt":
      return { ...registers, validAt: lastWrite.step(registers.validAt, { seq, value: write.value }) };
    case "invalidAt":
      return { ...registers, invalidAt: lastWrite.step(registers.invalidAt, { seq, value: write.value }) };
    default:
      return unreachable(write);
  }
}

const stepLifecycle = (registers: MemoryRegisters, seq: Seq, value: Lifecycle): MemoryRegisters => ({
  ...registers,
  lifecycle: lastWrite.step(registers.lifecycle, { seq, value }),
});

function stepEvidence(
  registers: MemoryRegisters,
  changes: readonly ChangeWith<"observe">[],
  by: typeof evidenceRegister.stepAll,
): MemoryRegisters {
  if (changes.length === 0) return registers;
  const shared = { ...registers.shares };
  for (const [leaf, terms] of groupBy(changes.flatMap(sharesOf), (term) => term.leaf)) {
    const next = by(shared[leaf] ?? evidenceRegister.initial, terms);
    if (Object.keys(next).length > 0) shared[leaf] = next;
    else delete shared[leaf];
  }
  return {
    ...registers,
    evidence: by(
      registers.evidence,
      changes.map((c) => c.payload),
    ),
    shares: shared,
  };
}

const sharesOf = ({ payload: { source, at, shares } }: ChangeWith<"observe">) =>
  // The keys of a payload's shares were written as memory ids.
  (Object.entries(shares ?? {}) as [MemoryId, Weight][]).map(([leaf, weight]) => ({
    leaf,
    source,
    at,
    weight,
  }));

const plain = (change: Change) => ({ seq: change.seq, by: change.id, names: null });
const naming = (change: Change, names: MemoryId) => ({ seq: change.seq, by: change.id, names });
