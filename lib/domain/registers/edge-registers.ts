import * as evidenceRegister from "./evidence";
import * as flagRegister from "./flag";
import type { Assertion, Flag } from "./flag";
import type { Change, EdgeEnds } from "@/lib/domain/ledger/change";
import type { EvidenceSums } from "./evidence";
import type { Millis } from "@/lib/domain/ids";

/** Somebody says that two entities are related, and since when; null: no limit. */
export interface RelatedAssertion extends Assertion<never> {
  readonly validAt: Millis | null;
  readonly invalidAt: Millis | null;
}

/** What people and cycles say of one edge between two entities. That texts mention both is derived and stands nowhere here. */
export interface EdgeRegisters {
  /** From which its id is made; null while nothing is said of it. */
  readonly ends: EdgeEnds | null;
  /** In seq order; the newest says since when. */
  readonly presence: readonly RelatedAssertion[];
  readonly evidence: EvidenceSums;
  readonly hides: Flag<never>;
}

export const initial: EdgeRegisters = {
  ends: null,
  presence: [],
  evidence: evidenceRegister.initial,
  hides: [],
};

export function step(registers: EdgeRegisters, change: Change): EdgeRegisters {
  const { seq, id: by } = change;
  switch (change.op) {
    case "relate": {
      const { validAt, invalidAt, ...ends } = change.payload;
      const presence = [
        ...registers.presence.filter((a) => a.by !== by),
        { seq, by, names: null, validAt, invalidAt },
      ].sort((a, b) => a.seq - b.seq);
      return { ...registers, ends, presence };
    }
    case "weigh": {
      const { weight, source, at, ...ends } = change.payload;
      return {
        ...registers,
        ends,
        evidence: evidenceRegister.step(registers.evidence, { weight, source, at }),
      };
    }
    case "hide":
      return "name" in change.payload
        ? registers
        : {
            ...registers,
            ends: change.payload,
            hides: flagRegister.step(registers.hides, { seq, by, names: null }),
          };
    default:
      return registers;
  }
}

export const stepAll = (registers: EdgeRegisters, changes: readonly Change[]): EdgeRegisters =>
  changes.reduce(step, registers);

/** null: with the last change that is taken out the ends go too, so the target is folded anew. */
export const unstepAll = (registers: EdgeRegisters, changes: readonly Change[]): EdgeRegisters | null =>
  changes.every((c) => c.op === "revert") ? registers : null;

/** Whether anything is said of it. */
export const isEdited = (registers: EdgeRegisters): boolean => registers.ends !== null;
