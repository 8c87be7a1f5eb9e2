import { brand, isKnownForm, millis, notFound, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import {
  endSession as forget,
  endSessions,
  findSession,
  forgetEndedSessions,
  insertSession,
  listSessions as rows,
  moveSession,
  touchSession,
  type FoundSession,
} from "@/lib/store/sessions";
import { ensureFirstOwner } from "./bootstrap";
import { env } from "@/lib/env";
import { findKey, findWorkspace, firstWorkspace, spendLoginToken } from "@/lib/store/access";
import { findPerson, membershipsOf } from "@/lib/store/people";
import { note } from "./audit";
import { openWorkspaces } from "@/lib/store/workspaces";
import { personOf, type Context, type Origin } from "./context";
import { Refusal } from "@/lib/domain/errors";
import { roleNamed, ROLE_SCOPES, ROLE_TRUST, SCOPES, type Role } from "@/lib/domain/access";

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

export interface StartedSession {
  readonly secret: string;
  readonly expiresAt: Millis;
}

/** Turns a one-time link or a key into a browser session. */
export async function startSession(
  input: { readonly token?: string | undefined; readonly key?: string | undefined },
  now: Millis,
  from: Origin,
): Promise<StartedSession> {
  const who = input.token === undefined ? await byKey(input.key ?? "", now) : await byToken(input.token, now);
  return begin(
    { ...who.session, until: who.until, how: input.token === undefined ? "with a key" : "with a link" },
    now,
    from,
  );
}

/** Somebody proved who they are by name: they work where they were let in first, and may go elsewhere from there. */
export async function startPersonSession(
  personId: string,
  how: string,
  came: { readonly now: Millis; readonly from: Origin; readonly workspaceId?: WorkspaceId },
): Promise<StartedSession> {
  const workspaceId = came.workspaceId ?? (await firstOpenOf(personId));
  if (workspaceId === null)
    throw new Refusal(
      "forbidden",
      "You are known here, but no workspace has let you in. Ask an owner for an invitation.",
    );
  return begin(
    { workspaceId, actor: `person:${personId}`, personId, scopes: [], trust: "low", until: null, how },
    came.now,
    came.from,
  );
}

interface Beginning {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
  readonly personId?: string;
  readonly scopes: readonly string[];
  readonly trust: string;
  readonly until: number | null;
  readonly how: string;
}

async function begin(
  { until, how, ...session }: Beginning,
  now: Millis,
  from: Origin,
): Promise<StartedSession> {
  const expiresAt = millis(Math.min(now + env.sessionDays * MS_PER_DAY, until ?? Infinity));
  const secret = await insertSession({ ...session, ...from, createdAt: now, expiresAt });
  await forgetEndedSessions({ now, seenSince: seenSince(now) });
  await note(
    { kind: "signedIn", actor: session.actor, workspaceId: session.workspaceId, from, detail: how },
    now,
  );
  return { secret, expiresAt };
}

async function byToken(token: string, now: Millis) {
  const workspaceId = await spendLoginToken(token, now);
  if (workspaceId === null)
    throw new Refusal(
      "unauthenticated",
      "This sign-in link was used already or is too old. Run `npm run login` for a new one, or sign in with a key.",
    );
  return { session: { workspaceId, actor: "person:owner", scopes: SCOPES, trust: "owner" }, until: null };
}

async function byKey(secret: string, now: Millis) {
  await ensureFirstOwner();
  const key = await findKey(secret);
  const gone =
    key === null ||
    key.revokedAt !== null ||
    key.isArchived ||
    (key.expiresAt !== null && key.expiresAt.getTime() <= now);
  if (gone)
    throw new Refusal("unauthenticated", "This API key is not known here, was revoked, or has expired.");
  const session = {
    workspaceId: brand<WorkspaceId>(key.workspaceId),
    actor: `key:${key.id}`,
    scopes: key.scopes,
    trust: key.trust,
  };
  return { session, until: key.expiresAt?.getTime() ?? null };
}

const seenSince = (now: Millis): Millis => millis(now - env.sessionIdleHours * MS_PER_HOUR);

const ENDED = "This browser's session has ended. Sign in again.";
/** Whether a browser is in use need only be known to the minute. */
const TOUCH_EVERY_MS = 60_000;

/** The session of a cookie with what it may do now; it ends by age, by rest, and with the key it was started with. */
export async function resumeSession(secret: string, now: Millis) {
  const found = await findSession(secret);
  if (
    found === null ||
    found.expiresAt.getTime() <= now ||
    found.lastSeenAt.getTime() <= seenSince(now) ||
    found.keyRevokedAt !== null
  )
    throw new Refusal("unauthenticated", ENDED);
  if (now - found.lastSeenAt.getTime() > TOUCH_EVERY_MS) await touchSession(found.id, now);
  const session =
    found.isArchived || (found.personId !== null && found.role === null) ? await elsewhere(found) : found;
  const rights =
    session.personId === null
      ? { scopes: session.scopes, trust: session.trust }
      : rightsOf(roleNamed(session.role ?? "")); // a role is written from the closed set, and `elsewhere` leaves none out
  return { ...session, ...rights };
}

const rightsOf = (role: Role) => ({ scopes: ROLE_SCOPES[role], trust: ROLE_TRUST[role] });

/** Its workspace was put away, or its person was taken out of it: the next one that is open to them. */
async function elsewhere(found: FoundSession): Promise<FoundSession> {
  if (found.actor.startsWith("key:")) throw new Refusal("unauthenticated", ENDED);
  const next = found.personId === null ? (await firstWorkspace())?.id : await firstOpenOf(found.personId);
  if (next === null || next === undefined)
    throw new Refusal(
      "unauthenticated",
      "No workspace lets you in any more. Ask an owner for an invitation.",
    );
  await moveSession(found.id, brand<WorkspaceId>(next));
  const role =
    found.personId === null
      ? null
      : ((await membershipsOf(found.personId)).find(({ workspaceId }) => workspaceId === next)?.role ?? null);
  return { ...found, workspaceId: next, role, isArchived: false };
}

async function firstOpenOf(personId: string): Promise<WorkspaceId | null> {
  const open = new Set((await openWorkspaces()).map(({ id }) => id));
  return (
    (await membershipsOf(personId)).find(({ workspaceId }) => open.has(workspaceId))?.workspaceId ?? null
  );
}

export const endSession = (secret: string): Promise<void> => forget(secret);

/** Who is calling, and in which workspace. */
export async function describeSession(ctx: Context) {
  const personId = personOf(ctx);
  const [workspace, person] = [
    await findWorkspace(ctx.workspaceId),
    personId === null ? null : await findPerson(personId),
  ];
  return {
    workspace: { id: ctx.workspaceId, name: workspace?.name ?? "" },
    actor: ctx.actor,
    scopes: [...ctx.scopes],
    expiresAt: null,
    person: person === null ? null : { id: person.id, name: person.name, email: person.email },
    installation: ctx.installation,
  };
}

export async function listSessions(ctx: Context) {
  const found = await rows({ actor: ctx.actor }, { now: ctx.now(), seenSince: seenSince(ctx.now()) });
  return {
    items: found.map((row) => ({
      id: row.id,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      address: row.address,
      agent: row.agent,
      isCurrent: row.id === ctx.sessionId,
    })),
  };
}

export async function endOneSession(ctx: Context, { id }: { readonly id: string }) {
  const ended = isKnownForm(id) ? await endSessions({ actor: ctx.actor }, { id }) : 0;
  if (ended === 0) throw notFound("session", id);
  await noteEnd(ctx, "one browser");
  return { ended };
}

/** All of the caller's own but this one, or this one too. */
export async function endAllSessions(ctx: Context, { others }: { readonly others?: boolean | undefined }) {
  const ended = await endSessions(
    { actor: ctx.actor },
    { allBut: others === true ? (ctx.sessionId ?? null) : null },
  );
  await noteEnd(ctx, others === true ? "every other browser" : "every browser");
  return { ended };
}

const noteEnd = (ctx: Context, detail: string): Promise<void> =>
  note({
    kind: "sessionEnded",
    actor: ctx.actor,
    workspaceId: ctx.workspaceId,
    from: ctx.from ?? { address: null, agent: null },
    detail,
  });
