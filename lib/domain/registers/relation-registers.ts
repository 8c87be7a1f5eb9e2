import * as evidenceRegister from "./evidence";
import * as flagRegister from "./flag";
import type { EvidenceSums } from "./evidence";
import type { Flag } from "./flag";
import type { Change } from "@/lib/domain/ledger/change";
import type { MemoryId } from "@/lib/domain/ids";

/** A relation between two memories: who says that it is there, and how often using both together helped. */
export interface RelationRegisters {
  readonly presence: Flag<never>;
  readonly ends: { readonly from: MemoryId; readonly to: MemoryId; readonly relation: string } | null;
  readonly evidence: EvidenceSums;
}

export const initial: RelationRegisters = { presence: [], ends: null, evidence: evidenceRegister.initial };

export function step(registers: RelationRegisters, change: Change): RelationRegisters {
  switch (change.op) {
    case "link": {
      const { from, to, relation } = change.payload;
      const presence = flagRegister.step(registers.presence, { seq: change.seq, by: change.id, names: null });
      // The newest assertion names the ends; an older one can come back by a redo and then only asserts.
      const isNewest = presence.at(-1)?.by === change.id;
      return { ...registers, presence, ends: isNewest ? { from, to, relation } : registers.ends };
    }
    case "observe":
      return { ...registers, evidence: evidenceRegister.step(registers.evidence, change.payload) };
    default:
      return registers;
  }
}

/** The same as one step for each, but all observations at once. */
export function stepAll(registers: RelationRegisters, changes: readonly Change[]): RelationRegisters {
  const others = changes.filter((c) => c.op !== "observe").reduce(step, registers);
  return { ...others, evidence: evidenceRegister.stepAll(others.evidence, observed(changes)) };
}

/** null where a link is taken out: who else asserts the relation, and how they named its ends, is not remembered here. */
export function unstepAll(
  registers: RelationRegisters,
  changes: readonly Change[],
): RelationRegisters | null {
  if (changes.some((c) => c.op === "link")) return null;
  return { ...registers, evidence: evidenceRegister.unstepAll(registers.evidence, observed(changes)) };
}

const observed = (changes: readonly Change[]) =>
  changes.flatMap((c) => (c.op === "observe" ? [c.payload] : []));

export const exists = (registers: RelationRegisters): boolean => flagRegister.isSet(registers.presence);
