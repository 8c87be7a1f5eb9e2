import { changePassword, hasPassword } from "@/lib/sign-in/passwords";
import { endSessions } from "@/lib/store/sessions";
import { findPerson, type Person } from "@/lib/store/people";
import { forgetPasskey, listPasskeys } from "@/lib/sign-in/passkeys";
import { noteBy } from "./audit";
import { personOf, type Context } from "./context";
import { Refusal } from "@/lib/domain/errors";
import type { AccountsFor } from "@/lib/sign-in/accounts";

/** The person who signed in by name, for what only they may do with their own account. */
export async function requirePerson(ctx: Context): Promise<Person> {
  const id = personOf(ctx);
  const person = id === null ? null : await findPerson(id);
  if (person === null)
    throw new Refusal(
      "forbidden",
      "You came by a link or a key and have no account here. Let yourself in under Settings → People first.",
    );
  return person;
}

/** How the caller signs in. */
export async function describeAccount(ctx: Context, accounts: AccountsFor) {
  const { id, name, email } = await requirePerson(ctx);
  const passkeys = await listPasskeys(id);
  return {
    person: { id, name, email },
    hasPassword: await hasPassword(accounts, id),
    passkeys: passkeys.map((key) => ({
      id: key.id,
      name: key.name,
      createdAt: key.createdAt.toISOString(),
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    })),
  };
}

/** Another password; every other browser of the person has to sign in with it. */
export async function changeOwnPassword(
  ctx: Context,
  accounts: AccountsFor,
  change: { readonly current: string; readonly next: string },
) {
  const { id, email } = await requirePerson(ctx);
  if (!(await changePassword(accounts, id, { ...change, email })))
    throw new Refusal("unauthenticated", "This is not your present password.");
  const ended = await endSessions({ actor: ctx.actor }, { allBut: ctx.sessionId ?? null });
  await noteBy(ctx, "passwordChanged", `${ended} other browsers signed out`);
  return { ended };
}

export const notePasskey = (ctx: Context, name: string): Promise<void> => noteBy(ctx, "passkeyAdded", name);

export async function removeOwnPasskey(ctx: Context, accounts: AccountsFor, passkeyId: string) {
  const { id } = await requirePerson(ctx);
  const known = await listPasskeys(id);
  const found = known.find((key) => key.id === passkeyId);
  if (found === undefined) throw new Refusal("not_found", "You have no such passkey.");
  if (known.length === 1 && !(await hasPassword(accounts, id)))
    throw new Refusal("conflict", "This is your only way to sign in. Set a password first.");
  await forgetPasskey(id, passkeyId);
  await noteBy(ctx, "passkeyRemoved", found.name);
  return { removed: true };
}
