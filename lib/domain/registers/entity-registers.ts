import * as flagRegister from "./flag";
import * as lastWrite from "./last-write";
import type { Assertion, Flag } from "./flag";
import type { Change } from "@/lib/domain/ledger/change";
import type { EntityId } from "@/lib/domain/ids";
import type { EntityType } from "@/lib/domain/graph/extraction";
import type { LastWrite } from "./last-write";

/** Somebody says that this entity is another name of `names`; `name` is that one's normal name. */
export interface AliasAssertion extends Assertion<EntityId> {
  readonly name: string;
}

/** What people and cycles say of one entity. Which memories name it is derived from their texts and stands nowhere here. */
export interface EntityRegisters {
  /** Its normal name, from which its id is made; empty while nothing is said of it. */
  readonly name: string;
  /** Who says that it is there, whether a text names it or not. */
  readonly introductions: Flag<never>;
  /** As people want it written; null: as the texts write it. */
  readonly called: LastWrite<string> | null;
  /** null: what most of its memories take it for. */
  readonly type: LastWrite<EntityType> | null;
  readonly hides: Flag<never>;
  readonly aliases: readonly AliasAssertion[];
}

export const initial: EntityRegisters = {
  name: "",
  introductions: [],
  called: null,
  type: null,
  hides: [],
  aliases: [],
};

export function step(registers: EntityRegisters, change: Change): EntityRegisters {
  const { seq, id: by } = change;
  switch (change.op) {
    case "introduce": {
      const { name, called, type } = change.payload;
      const introductions = flagRegister.step(registers.introductions, { seq, by, names: null });
      return {
        ...registers,
        name,
        introductions,
        called: lastWrite.step(registers.called, { seq, value: called }),
        type: lastWrite.step(registers.type, { seq, value: type }),
      };
    }
    case "rename":
      return {
        ...registers,
        name: change.payload.name,
        called: lastWrite.step(registers.called, { seq, value: change.payload.called }),
      };
    case "retype":
      return {
        ...registers,
        name: change.payload.name,
        type: lastWrite.step(registers.type, { seq, value: change.payload.type }),
      };
    case "alias":
      return {
        ...registers,
        name: change.payload.name,
        aliases: stepAlias(registers.aliases, {
          seq,
          by,
          names: change.payload.into,
          name: change.payload.intoName,
        }),
      };
    case "hide":
      return "name" in change.payload
        ? {
            ...registers,
            name: change.payload.name,
            hides: flagRegister.step(registers.hides, { seq, by, names: null }),
          }
        : registers;
    default:
      return registers;
  }
}

const stepAlias = (aliases: EntityRegisters["aliases"], alias: AliasAssertion): EntityRegisters["aliases"] =>
  [...aliases.filter((a) => a.by !== alias.by), alias].sort((a, b) => a.seq - b.seq);

export const stepAll = (registers: EntityRegisters, changes: readonly Change[]): EntityRegisters =>
  changes.reduce(step, registers);

/** null: a write that is taken out does not say what was there before it, and with the last one the name goes too. */
export const unstepAll = (registers: EntityRegisters, changes: readonly Change[]): EntityRegisters | null =>
  changes.every((c) => c.op === "revert") ? registers : null;

/** Whether anything is said of it. */
export const isEdited = (registers: EntityRegisters): boolean => registers.name !== "";
