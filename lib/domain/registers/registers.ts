import * as edge from "./edge-registers";
import * as entity from "./entity-registers";
import * as memory from "./memory-registers";
import * as question from "./question-registers";
import * as relation from "./relation-registers";
import * as workspace from "./workspace-registers";
import { unreachable } from "@/lib/domain/errors";
import type { Change, TargetType } from "@/lib/domain/ledger/change";

/** All registers of one target. Each type of target has one file that says what an empty one is and how a change folds in. */
export type Registers =
  | { readonly type: "memory"; readonly of: memory.MemoryRegisters }
  | { readonly type: "relation"; readonly of: relation.RelationRegisters }
  | { readonly type: "workspace"; readonly of: workspace.WorkspaceRegisters }
  | { readonly type: "entity"; readonly of: entity.EntityRegisters }
  | { readonly type: "edge"; readonly of: edge.EdgeRegisters }
  | { readonly type: "question"; readonly of: question.QuestionRegisters };

export function initial(type: TargetType): Registers {
  switch (type) {
    case "memory":
      return { type, of: memory.initial };
    case "relation":
      return { type, of: relation.initial };
    case "workspace":
      return { type, of: workspace.initial };
    case "entity":
      return { type, of: entity.initial };
    case "edge":
      return { type, of: edge.initial };
    case "question":
      return { type, of: question.initial };
    default:
      return unreachable(type);
  }
}

export function step(registers: Registers, change: Change): Registers {
  switch (registers.type) {
    case "memory":
      return { type: "memory", of: memory.step(registers.of, change) };
    case "relation":
      return { type: "relation", of: relation.step(registers.of, change) };
    case "workspace":
      return { type: "workspace", of: workspace.step(registers.of, change) };
    case "entity":
      return { type: "entity", of: entity.step(registers.of, change) };
    case "edge":
      return { type: "edge", of: edge.step(registers.of, change) };
    case "question":
      return { type: "question", of: question.step(registers.of, change) };
    default:
      return unreachable(registers);
  }
}

/** The same as one step for each, in one pass over the evidence. */
export function stepAll(registers: Registers, changes: readonly Change[]): Registers {
  switch (registers.type) {
    case "memory":
      return { type: "memory", of: memory.stepAll(registers.of, changes) };
    case "relation":
      return { type: "relation", of: relation.stepAll(registers.of, changes) };
    case "workspace":
      return { type: "workspace", of: workspace.stepAll(registers.of, changes) };
    case "entity":
      return { type: "entity", of: entity.stepAll(registers.of, changes) };
    case "edge":
      return { type: "edge", of: edge.stepAll(registers.of, changes) };
    case "question":
      return { type: "question", of: question.stepAll(registers.of, changes) };
    default:
      return unreachable(registers);
  }
}

/** Takes changes out again; null: a register cannot forget one of them by itself, so the target is folded anew. */
export function unstepAll(registers: Registers, changes: readonly Change[]): Registers | null {
  switch (registers.type) {
    case "memory":
      return some(memory.unstepAll(registers.of, changes), (of) => ({ type: "memory", of }));
    case "relation":
      return some(relation.unstepAll(registers.of, changes), (of) => ({ type: "relation", of }));
    case "workspace":
      return some(workspace.unstepAll(registers.of, changes), (of) => ({ type: "workspace", of }));
    case "entity":
      return some(entity.unstepAll(registers.of, changes), (of) => ({ type: "entity", of }));
    case "edge":
      return some(edge.unstepAll(registers.of, changes), (of) => ({ type: "edge", of }));
    case "question":
      return { type: "question", of: question.unstepAll(registers.of, changes) };
    default:
      return unreachable(registers);
  }
}

const some = <T, R>(value: T | null, then: (value: T) => R): R | null =>
  value === null ? null : then(value);
