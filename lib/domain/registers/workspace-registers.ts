import * as lastWrite from "./last-write";
import type { LastWrite } from "./last-write";
import type { Change, ParameterValue } from "@/lib/domain/ledger/change";

/** The workspace's tuned parameters; one that nobody tuned is absent and has its default. */
export interface WorkspaceRegisters {
  readonly parameters: Readonly<Record<string, LastWrite<ParameterValue>>>;
}

export const initial: WorkspaceRegisters = { parameters: {} };

export function step(registers: WorkspaceRegisters, change: Change): WorkspaceRegisters {
  if (change.op !== "tune") return registers;
  const { name, value } = change.payload;
  const write = lastWrite.step(registers.parameters[name] ?? null, { seq: change.seq, value });
  return { parameters: { ...registers.parameters, [name]: write } };
}

export const stepAll = (registers: WorkspaceRegisters, changes: readonly Change[]): WorkspaceRegisters =>
  changes.reduce(step, registers);

export const unstepAll = (
  registers: WorkspaceRegisters,
  changes: readonly Change[],
): WorkspaceRegisters | null => (changes.every((c) => c.op === "revert") ? registers : null);
