import { Refusal } from "@/lib/domain/errors";

/** Branded identifiers: a memory's id cannot be passed where a change's id is meant. All are UUIDs made outside the domain. */
type Brand<T, Name extends string> = T & { readonly __brand: Name };

export type WorkspaceId = Brand<string, "WorkspaceId">;
export type MemoryId = Brand<string, "MemoryId">;
export type RelationId = Brand<string, "RelationId">;
export type EntityId = Brand<string, "EntityId">;
export type EdgeId = Brand<string, "EdgeId">;
export type QuestionId = Brand<string, "QuestionId">;
export type ChangeId = Brand<string, "ChangeId">;
export type GroupId = Brand<string, "GroupId">;
export type CycleId = Brand<string, "CycleId">;
export type RetrievalId = Brand<string, "RetrievalId">;
export type SignalId = Brand<string, "SignalId">;

/** Position of a change in its workspace's ledger: 1, 2, 3 … without gaps. 0 is the empty ledger. */
export type Seq = Brand<number, "Seq">;

/** Milliseconds since 1970-01-01 UTC. */
export type Millis = Brand<number, "Millis">;

// A brand exists in the type system only, so this is the one place where a plain value takes it on.
export const brand = <T extends Brand<string | number, string>>(value: string | number): T =>
  value as unknown as T;

export const memoryId = (value: string): MemoryId => brand<MemoryId>(value);
export const changeId = (value: string): ChangeId => brand<ChangeId>(value);
export const seqOf = (value: number): Seq => brand<Seq>(value);
export const millis = (value: number): Millis => brand<Millis>(value);

/**
 * Target id of the workspace's own changes (its parameters). The same in every workspace, so that a ledger restored into
 * another one is the same ledger, byte for byte.
 */
export const WORKSPACE_TARGET = brand<WorkspaceId>("00000000-0000-0000-0000-000000000000");

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** Ids are opaque to callers, so one of another form is not malformed but simply unknown. */
export const isKnownForm = (id: string): boolean => UUID.test(id);

export function knownId<T extends MemoryId | ChangeId | GroupId | RetrievalId>(id: string, what: string): T {
  if (!isKnownForm(id)) throw notFound(what, id);
  return brand<T>(id);
}

const SHOWN_OF_AN_ID = 64;

export const notFound = (what: string, id: string, extra: Readonly<Record<string, unknown>> = {}): Refusal =>
  new Refusal(
    "not_found",
    `There is no ${what} ${JSON.stringify(id.slice(0, SHOWN_OF_AN_ID))} in this workspace.`,
    { extra },
  );
