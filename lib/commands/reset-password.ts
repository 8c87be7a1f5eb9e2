import { brand, millis, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import { endSessions } from "@/lib/store/sessions";
import {
  findPasswordReset,
  putPasswordReset,
  spendPasswordReset,
  type PasswordReset,
} from "@/lib/store/password-resets";
import { findPerson, membershipsOf, type Person } from "@/lib/store/people";
import { note, noteBy } from "./audit";
import { personOf, type Context, type Origin } from "./context";
import { personOut, requireMember, requireOwnTrust } from "./people";
import { Refusal } from "@/lib/domain/errors";
import { setPassword } from "@/lib/sign-in/passwords";
import type { AccountsFor } from "@/lib/sign-in/accounts";

const MS_PER_HOUR = 3_600_000;
const USUAL_HOURS = 24;

/** A link with which somebody sets another password, once. No mail is sent: whoever makes it hands it over. */
export async function makePasswordReset(
  ctx: Context,
  { id, hours = USUAL_HOURS }: { readonly id: string; readonly hours?: number | undefined },
) {
  const member = await requireMember(ctx, id);
  requireOwnTrust(ctx, member.role);
  await requireReachOver(ctx, id);
  const expiresAt = millis(ctx.now() + hours * MS_PER_HOUR);
  const secret = await putPasswordReset({
    personId: id,
    workspaceId: ctx.workspaceId,
    createdBy: ctx.actor,
    expiresAt,
  });
  await noteBy(ctx, "passwordLinkMade", member.name);
  return {
    person: personOut(ctx, member),
    secret,
    path: `/reset?token=${secret}`,
    expiresAt: new Date(expiresAt).toISOString(),
  };
}

/**
 * Who holds the link can become the person, everywhere. So whoever makes it must be able to do all that the person can: own every workspace
 * that they are in, or look after the server.
 */
async function requireReachOver(ctx: Context, id: string): Promise<void> {
  if (ctx.installation) return;
  const caller = personOf(ctx);
  const owned = new Set<string>(
    caller === null
      ? [ctx.workspaceId]
      : (await membershipsOf(caller)).filter(({ role }) => role === "owner").map((own) => own.workspaceId),
  );
  const person = await findPerson(id);
  const isWithin = (await membershipsOf(id)).every(({ workspaceId }) => owned.has(workspaceId));
  if (isWithin && person?.installation !== true) return;
  throw new Refusal(
    "forbidden",
    "This person may do things that you may not: they are in other workspaces, too, or make some. Who looks after the server can make the link.",
  );
}

interface Known {
  readonly reset: PasswordReset;
  readonly person: Person;
}

async function requireReset(token: string, now: Millis): Promise<Known> {
  const reset = await findPasswordReset(token, now);
  const person = reset === null ? null : await findPerson(reset.personId);
  if (reset === null || person === null)
    throw new Refusal(
      "unauthenticated",
      "This link was used already, was replaced by a newer one, or is too old. Ask for a new one.",
    );
  return { reset, person };
}

/** Whose password the link sets, for whoever holds it. */
export async function readPasswordReset(token: string, now: Millis) {
  const { reset, person } = await requireReset(token, now);
  return { name: person.name, email: person.email, expiresAt: reset.expiresAt.toISOString() };
}

export interface Resetting {
  readonly accounts: AccountsFor;
  readonly now: Millis;
  readonly from: Origin;
}

/** Puts the password in the place of the one before, and ends every session of the person: they sign in with the new one. */
export async function resetPassword(
  { token, password }: { readonly token: string; readonly password: string },
  { accounts, now, from }: Resetting,
) {
  const { reset, person } = await requireReset(token, now);
  const { id, email } = person;
  await setPassword(accounts, id, { next: password, email, spend: () => spendPasswordReset(reset) });
  const ended = await endSessions({ actor: `person:${id}` }, { allBut: null });
  const workspaceId = brand<WorkspaceId>(reset.workspaceId);
  const detail = `signed out in ${ended === 1 ? "one browser" : `${ended} browsers`}`;
  await note({ kind: "passwordReset", actor: `person:${id}`, workspaceId, from, detail }, now);
  return { email, ended };
}
