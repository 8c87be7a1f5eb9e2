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
    case "observe": return { ...registers, evidence: evidenceRegister.step(registers.evidence, change.payload) };
    default: return registers;
  }
}

export function unstep(registers: RelationRegisters, change: Change): RelationRegisters | null {
  switch (change.op) {
    case "observe": return { ...registers, evidence: evidenceRegister.unstep(registers.evidence, change.payload) };
    case "revert": return registers;
    default: return null;
  }
}

export const exists = (registers: RelationRegisters): boolean => flagRegister.isSet(registers.presence);
