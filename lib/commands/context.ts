import { v7 as uuidv7 } from "uuid";
import {
  brand,
  changeId,
  memoryId,
  type ChangeId,
  type CycleId,
  type GroupId,
  type MemoryId,
  type RetrievalId,
  type SignalId,
  type WorkspaceId,
} from "@/lib/domain/ids";
import type { Actor, Cause, SourceKey, Support } from "@/lib/domain/ledger/change";
import type { AccessScope } from "@/lib/domain/access";
import type { TrustClass } from "@/lib/domain/memory/memory";
import type { Writer } from "@/lib/store/append";

/** Who asks, in which workspace, by which clock; every command and query takes it first. */
export interface Context extends Writer {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  /** What people call the actor, where that was read already. */
  readonly actorName?: string;
  readonly scopes: readonly AccessScope[];
  readonly trust: TrustClass;
  /** The principal whose signals share one budget; several names used by one key do not. */
  readonly source: SourceKey;
  /** The surface it came in on: `rest`, `dashboard`, `mcp`, `import`. */
  readonly channel: string;
  /** May make workspaces. */
  readonly installation: boolean;
  /** Where the request came from, for the audit; absent: not by network. */
  readonly from?: Origin;
  /** The browser's session it came with; absent: a key, or no request at all. */
  readonly sessionId?: string;
}

/** Where a request came from, as far as it can be told. */
export interface Origin {
  readonly address: string | null;
  readonly agent: string | null;
}

/** The person who signed in by name, or null for a key, a program or whoever came by the owner's link. */
export function personOf({ actor }: Pick<Context, "actor">): string | null {
  const id = actor.startsWith("person:") ? actor.slice("person:".length) : null;
  return id === null || id === "owner" ? null : id;
}

/** Came by the link that the server prints to whoever runs it. */
export const isOperator = ({ actor }: Pick<Context, "actor">): boolean => actor === "person:owner";

export const newGroupId = (): GroupId => brand<GroupId>(uuidv7());
export const newChangeId = (): ChangeId => changeId(uuidv7());
export const newMemoryId = (): MemoryId => memoryId(uuidv7());
export const newRetrievalId = (): RetrievalId => brand<RetrievalId>(uuidv7());
export const newSignalId = (): SignalId => brand<SignalId>(uuidv7());
export const newPlainId = (): string => uuidv7();

/** What a change made for a request carries: the actor, why, and with which others it belongs together. */
export interface Envelope {
  readonly actor: Actor;
  readonly cause: Cause;
  readonly groupId: GroupId;
  readonly origin: string | null;
  readonly session: string | null;
  /** The improvement cycle it is a part of; absent: none. */
  readonly cycleId?: CycleId;
  /** The evidence the whole decision rested on, where it is one. */
  readonly support?: Support | null;
}

export function envelope(
  ctx: Context,
  more: {
    readonly reason?: string | undefined;
    readonly origin?: string | null;
    readonly session?: string | null;
  } = {},
): Envelope {
  const cause: Cause =
    more.reason === undefined ? { kind: "request" } : { kind: "request", reason: more.reason };
  return {
    actor: ctx.actor,
    cause,
    groupId: newGroupId(),
    origin: more.origin ?? ctx.channel,
    session: more.session ?? null,
  };
}

/** One change's share of an envelope, under an id of its own. */
export const draftHead = (by: Envelope) => ({ ...by, id: newChangeId(), cycleId: by.cycleId ?? null });
