import * as edge from "@/lib/domain/registers/edge-registers";
import * as entity from "@/lib/domain/registers/entity-registers";
import * as question from "@/lib/domain/registers/question-registers";
import * as relation from "@/lib/domain/registers/relation-registers";
import { resolve } from "@/lib/domain/memory/resolve";
import type { TargetKey } from "./change";
import {
  brand,
  type EdgeId,
  type EntityId,
  type MemoryId,
  type QuestionId,
  type RelationId,
} from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { ParameterValue } from "./change";
import type { EdgeRegisters } from "@/lib/domain/registers/edge-registers";
import type { EntityRegisters } from "@/lib/domain/registers/entity-registers";
import type { MemoryRegisters } from "@/lib/domain/registers/memory-registers";
import type { Registers } from "@/lib/domain/registers/registers";
import type { QuestionRegisters } from "@/lib/domain/registers/question-registers";
import type { RelationRegisters } from "@/lib/domain/registers/relation-registers";

/** The state of a workspace. Targets that do not exist are absent; an erased memory remains as a tombstone. */
export interface State {
  readonly memories: ReadonlyMap<MemoryId, MemoryView>;
  readonly relations: ReadonlyMap<RelationId, RelationRegisters>;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  /** What people and cycles say of entities; what texts say of them is derived and stands in no register. */
  readonly entities: ReadonlyMap<EntityId, EntityRegisters>;
  readonly edges: ReadonlyMap<EdgeId, EdgeRegisters>;
  /** Questions of the improvement cycles that somebody said no to. */
  readonly questions: ReadonlyMap<QuestionId, QuestionRegisters>;
}

/** Reads the state off the registers of all targets. */
export function readState(registers: ReadonlyMap<TargetKey, Registers>): State {
  const memories = new Map<MemoryId, MemoryRegisters>();
  const relations = new Map<RelationId, RelationRegisters>();
  const parameters = new Map<string, ParameterValue>();
  const entities = new Map<EntityId, EntityRegisters>();
  const edges = new Map<EdgeId, EdgeRegisters>();
  const questions = new Map<QuestionId, QuestionRegisters>();
  for (const [key, own] of registers) {
    const id = key.slice(own.type.length + 1);
    if (own.type === "memory") memories.set(brand<MemoryId>(id), own.of);
    else if (own.type === "relation") {
      if (relation.exists(own.of)) relations.set(brand<RelationId>(id), own.of);
    } else if (own.type === "entity") {
      if (entity.isEdited(own.of)) entities.set(brand<EntityId>(id), own.of);
    } else if (own.type === "edge") {
      if (edge.isEdited(own.of)) edges.set(brand<EdgeId>(id), own.of);
    } else if (own.type === "question") {
      if (question.isDeclined(own.of)) questions.set(brand<QuestionId>(id), own.of);
    } else for (const [name, write] of Object.entries(own.of.parameters)) parameters.set(name, write.value);
  }
  const views = [...resolve(memories)].filter(([, view]) => view.exists || view.erased);
  return { memories: new Map(views), relations, parameters, entities, edges, questions };
}
