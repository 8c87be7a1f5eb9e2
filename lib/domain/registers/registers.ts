import * as memory from "./memory-registers";
import * as relation from "./relation-registers";
import * as workspace from "./workspace-registers";
import { unreachable } from "@/lib/domain/errors";
import type { Change, TargetType } from "@/lib/domain/ledger/change";

/** All registers of one target. Each type of target has one file that says what an empty one is and how a change folds in. */
export type Registers =
  | { readonly type: "memory"; readonly of: memory.MemoryRegisters }
  | { readonly type: "relation"; readonly of: relation.RelationRegisters }
  | { readonly type: "workspace"; readonly of: workspace.WorkspaceRegisters };

export function initial(type: TargetType): Registers {
  switch (type) {
    case "memory": return { type, of: memory.initial };
    case "relation": return { type, of: relation.initial };
    case "workspace": return { type, of: workspace.initial };
    default: return unreachable(type);
  }
}

export function step(registers: Registers, change: Change): Registers {
  switch (registers.type) {
    case "memory": return { type: "memory", of: memory.step(registers.of, change) };
    case "relation": return { type: "relation", of: relation.step(registers.of, change) };
    case "workspace": return { type: "workspace", of: workspace.step(registers.of, change) };
    default: return unreachable(registers);
  }
}

/** The same as one step for each, in one pass over the evidence. */
export function stepAll(registers: Registers, changes: readonly Change[]): Registers {
  switch (registers.type) {
    case "memory": return { type: "memory", of: memory.stepAll(registers.of, changes) };
    case "relation": return { type: "relation", of: relation.stepAll(registers.of, changes) };
    case "workspace": return { type: "workspace", of: workspace.stepAll(registers.of, changes) };
    default: return unreachable(registers);
  }
}

/** Takes changes out again; null: a register cannot forget one of them by itself, so the target is folded anew. */
export function unstepAll(registers: Registers, changes: readonly Change[]): Registers | null {
  switch (registers.type) {
    case "memory": return some(memory.unstepAll(registers.of, changes), (of) => ({ type: "memory", of }));
    case "relation": return some(relation.unstepAll(registers.of, changes), (of) => ({ type: "relation", of }));
    case "workspace": return some(workspace.unstepAll(registers.of, changes), (of) => ({ type: "workspace", of }));
    default: return unreachable(registers);
  }
}

const some = <T, R>(value: T | null, then: (value: T) => R): R | null => (value === null ? null : then(value));
