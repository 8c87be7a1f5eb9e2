/**
 * A fresh, empty workspace of the run's database with a key per trust class, so that tests never see each other's rows.
 * Its clock stands still unless it is told to move, so what fades with time fades by a known amount.
 */
import { v7 as uuidv7 } from "uuid";

import type { AccessScope } from "@/lib/domain/access";
import type { Context } from "@/lib/commands/context";
import type { Millis, WorkspaceId } from "@/lib/domain/ids";
import { brand, millis } from "@/lib/domain/ids";
import type { TrustClass } from "@/lib/domain/memory/memory";
import { TRUST_CLASSES } from "@/lib/domain/memory/memory";
import { insertKey, insertWorkspace } from "@/lib/store/access";

const START = Date.UTC(2026, 9, 1, 9);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Clock {
  readonly now: () => Millis;
  readonly advance: (ms: number) => void;
}

/** One workspace, seen by a key of each trust class: `workspace.owner`, `workspace.ordinary`, … */
export interface TestWorkspace extends Readonly<Record<TrustClass, Context>> {
  readonly workspaceId: WorkspaceId;
  readonly clock: Clock;
  /** The secrets of the keys, for tests that come in over HTTP. */
  readonly secrets: Readonly<Record<TrustClass, string>>;
}

const ALL_SCOPES: readonly AccessScope[] = ["read", "write", "feedback", "curate", "admin"];

export async function freshWorkspace(
  options: { readonly start?: number; readonly name?: string } = {},
): Promise<TestWorkspace> {
  const clock = clockAt(options.start ?? START);
  const workspaceId = brand<WorkspaceId>(uuidv7());
  await insertWorkspace({ id: workspaceId, name: options.name ?? "test", createdAt: clock.now() });
  const keys = await Promise.all(TRUST_CLASSES.map((trust) => keyOf({ workspaceId, clock, trust })));
  const byTrust = <T>(pick: (key: (typeof keys)[number]) => T) =>
    Object.fromEntries(keys.map((key) => [key.ctx.trust, pick(key)])) as Record<TrustClass, T>; // a key was made for each class
  return { workspaceId, clock, secrets: byTrust((key) => key.secret), ...byTrust((key) => key.ctx) };
}

/** The same caller with another idempotency key, channel or scopes. */
export const withContext = (ctx: Context, other: Partial<Context>): Context => ({ ...ctx, ...other });

async function keyOf({
  workspaceId,
  clock,
  trust,
}: {
  workspaceId: WorkspaceId;
  clock: Clock;
  trust: TrustClass;
}) {
  const id = uuidv7();
  const isOwner = trust === "owner";
  const { secret } = await insertKey({
    id,
    workspaceId,
    name: `${trust} key`,
    scopes: ALL_SCOPES,
    trust,
    installation: isOwner,
    createdAt: clock.now(),
    expiresAt: null,
  });
  const ctx: Context = {
    workspaceId,
    actor: `key:${id}`,
    scopes: ALL_SCOPES,
    trust,
    source: `${trust}:key/${id}`,
    channel: "rest",
    installation: isOwner,
    now: clock.now,
    idempotency: null,
  };
  return { ctx, secret };
}

function clockAt(start: number): Clock {
  let at = start;
  return {
    now: () => millis(at),
    advance: (ms) => {
      at += ms;
    },
  };
}
