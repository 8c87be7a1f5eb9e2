import * as flagRegister from "./flag";
import type { Assertion } from "./flag";
import type { Change } from "@/lib/domain/ledger/change";

/** Somebody said no, for a while or for ever. */
export interface DeclinedAssertion extends Assertion<never> {
  readonly forever: boolean;
}

/** What people answered to one question of the improvement cycles; in seq order. */
export interface QuestionRegisters {
  readonly declines: readonly DeclinedAssertion[];
}

export const initial: QuestionRegisters = { declines: [] };

export function step(registers: QuestionRegisters, change: Change): QuestionRegisters {
  if (change.op !== "decline") return registers;
  const { seq, id: by, payload } = change;
  const declines = [
    ...registers.declines.filter((a) => a.by !== by),
    { seq, by, names: null, forever: payload.forever },
  ].sort((a, b) => a.seq - b.seq);
  return { declines };
}

export const stepAll = (registers: QuestionRegisters, changes: readonly Change[]): QuestionRegisters =>
  changes.reduce(step, registers);

/** A flag forgets one assertion by itself. */
export const unstepAll = (registers: QuestionRegisters, changes: readonly Change[]): QuestionRegisters => ({
  declines: registers.declines.filter((a) => !changes.some((c) => c.id === a.by)),
});

export const isDeclined = ({ declines }: QuestionRegisters): boolean => flagRegister.isSet(declines);
