import { brand, millis, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import {
  countAccessEvent,
  insertAccessEvent,
  pruneAccessEvents,
  type NewAccessEvent,
} from "@/lib/store/access-events";
import type { AccessEventKind } from "@/lib/domain/access";
import type { Context, Origin } from "./context";

/** What is kept: the newest so many, for so long. */
export const AUDIT = {
  most: 20_000,
  days: 400,
  pruneEvery: 200,
  repeatWithinMs: 60_000,
  remembered: 2000,
  longest: 300,
} as const;
const MS_PER_DAY = 86_400_000;

export interface Noted {
  readonly kind: AccessEventKind;
  readonly actor: string | null;
  readonly workspaceId: WorkspaceId | null;
  readonly from: Origin;
  /** What was tried, by its id or its path. */
  readonly operation?: string | null;
  readonly detail?: string | null;
}

/** What a program that is set up wrongly does over and over. Everything else is a row of its own each time. */
const REPEATED: ReadonlySet<AccessEventKind> = new Set(["denied", "unknownCredential", "signInFailed"]);

interface Kept {
  readonly recent: Map<string, { readonly id: Promise<string>; readonly at: Millis }>;
  written: number;
}
// Next may load this module once per route.
const shared = globalThis as { palimpsestAudit?: Kept };

/** Notes it. A log that cannot be written stops nobody from working; the server's own log says so. */
export async function note(noted: Noted, now: Millis = millis(Date.now())): Promise<void> {
  try {
    await write(noted, now);
  } catch (error) {
    console.error(JSON.stringify({ level: "error", audit: noted.kind, error: String(error) }));
  }
}

const NOWHERE: Origin = { address: null, agent: null };
export const noteBy = (ctx: Context, kind: AccessEventKind, detail: string): Promise<void> =>
  note({ kind, actor: ctx.actor, workspaceId: ctx.workspaceId, from: ctx.from ?? NOWHERE, detail });

async function write({ from, ...noted }: Noted, now: Millis): Promise<void> {
  const kept = (shared.palimpsestAudit ??= { recent: new Map(), written: 0 });
  const event: NewAccessEvent = {
    at: now,
    kind: noted.kind,
    actor: noted.actor,
    workspaceId: noted.workspaceId === null ? null : brand<WorkspaceId>(noted.workspaceId),
    address: short(from.address),
    agent: short(from.agent),
    operation: short(noted.operation),
    detail: short(noted.detail),
  };
  // The same refusal again and again is a program that is set up wrongly: one row, with how often.
  const name = JSON.stringify({ ...event, at: 0 });
  const earlier = REPEATED.has(event.kind) ? kept.recent.get(name) : undefined;
  if (earlier !== undefined && now - earlier.at < AUDIT.repeatWithinMs)
    return countAccessEvent(await earlier.id);
  if (kept.recent.size >= AUDIT.remembered) kept.recent.clear();
  const id = insertAccessEvent(event);
  kept.recent.set(name, { id, at: now });
  await id;
  kept.written += 1;
  if (kept.written % AUDIT.pruneEvery === 0)
    await pruneAccessEvents(AUDIT.most, millis(now - AUDIT.days * MS_PER_DAY));
}

const short = (text: string | null | undefined): string | null =>
  text?.replaceAll(/\p{Cc}/gu, " ").slice(0, AUDIT.longest) ?? null;
