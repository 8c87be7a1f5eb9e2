import {
  addPasskey,
  changePassword,
  join,
  joinAsYourself,
  readInvitation as invitationShape,
  readPasswordReset as readPasswordResetShape,
  removePasskey,
  resetPassword as resetPasswordShape,
  signInByPasskey,
  signInByPassword,
} from "@/lib/contracts/people";
import { admit } from "./admit";
import { answer, bodyOf, cookieText, guarded, guessed, signedIn } from "./session";
import { askForPasskey, askWhoByPasskey, keepPasskey, personByPasskey } from "@/lib/sign-in/passkeys";
import {
  changeOwnPassword,
  describeAccount,
  notePasskey,
  removeOwnPasskey,
  requirePerson,
} from "@/lib/commands/account";
import { cookieOf, nowMillis } from "./actor";
import { env } from "@/lib/env";
import { joinAs, joinByPassword, readInvitation, type Coming } from "@/lib/commands/join";
import { originOfCaller, publicOriginOf } from "./host";
import { personByPassword } from "@/lib/sign-in/passwords";
import { readPasswordReset, resetPassword } from "@/lib/commands/reset-password";
import { Refusal } from "@/lib/domain/errors";
import { startPersonSession } from "@/lib/commands/session";
import type { AccountsFor } from "@/lib/sign-in/accounts";
import type { Context } from "@/lib/commands/context";
import type { Millis } from "@/lib/domain/ids";

/** Signing in by name, and what somebody may do with their own account. Cookies alone: a key has no account. */

export const accountsFor = (request: Request, mayJoin = false): AccountsFor => ({
  origin: publicOriginOf(request),
  mayJoin,
});

const comingBy = (request: Request, now: Millis): Coming => ({
  accounts: accountsFor(request),
  now,
  from: originOfCaller(request),
});

/** What the sign-in page offers. */
export const waysResponse = (request: Request): Promise<Response> =>
  guarded(request, async () =>
    answer({ provider: env.identityProvider?.name ?? null, isLocalOnly: env.isLocalOnly }),
  );

export const passwordResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const { email, password } = await bodyOf(request, signInByPassword);
    const now = nowMillis();
    const session = await guessed(
      { request, secret: password, now, account: email.toLowerCase() },
      async () => {
        const personId = await personByPassword(accountsFor(request), { email, password });
        if (personId === null)
          throw new Refusal("unauthenticated", "No account here has this address and this password.");
        return startPersonSession(personId, "with a password", { now, from: originOfCaller(request) });
      },
    );
    return signedIn(request, session);
  });

const CHALLENGE_COOKIE = "palimpsest_passkey";
const CHALLENGE_SECONDS = 300;

function askedCookie(request: Request, sealed: string): string {
  return cookieText(request, {
    name: CHALLENGE_COOKIE,
    value: sealed,
    seconds: CHALLENGE_SECONDS,
    path: "/api/session",
  });
}

function challengeOf(request: Request): string {
  const sealed = cookieOf(request, CHALLENGE_COOKIE);
  if (sealed === null)
    throw new Refusal("unauthenticated", "That took too long, or the browser keeps no cookies. Try again.");
  return sealed;
}

/** The question that a passkey signs. */
export const passkeyQuestionResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const { options, sealed } = await askWhoByPasskey(publicOriginOf(request), nowMillis());
    return answer({ options }, [askedCookie(request, sealed)]);
  });

export const passkeyResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const { response } = await bodyOf(request, signInByPasskey);
    const now = nowMillis();
    const sealed = challengeOf(request);
    const session = await guessed({ request, secret: sealed, now }, async () => {
      const personId = await personByPasskey({ origin: publicOriginOf(request), sealed, now }, response);
      return startPersonSession(personId, "with a passkey", { now, from: originOfCaller(request) });
    });
    return signedIn(request, session);
  });

/** What an invitation offers; a token that nobody made counts as a guess. */
export const invitationResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const { token } = await bodyOf(request, invitationShape);
    const now = nowMillis();
    return answer(await guessed({ request, secret: token, now }, () => readInvitation(token, now)));
  });

export const joinResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const input = await bodyOf(request, join);
    const now = nowMillis();
    return signedIn(
      request,
      await guessed(
        { request, secret: `${input.token} ${input.password}`, now, account: input.email.toLowerCase() },
        () => joinByPassword(input, comingBy(request, now)),
      ),
    );
  });

/** Somebody who is signed in takes an invitation to a further workspace. */
export const joinAsYourselfResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const ctx = await contextOf(request);
    const { token } = await bodyOf(request, joinAsYourself);
    const { id } = await requirePerson(ctx);
    const now = nowMillis();
    return signedIn(
      request,
      await guessed({ request, secret: token, now }, () => joinAs(token, id, comingBy(request, now))),
    );
  });

/** Whose password a link sets; a token that nobody made counts as a guess. */
export const passwordLinkResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const { token } = await bodyOf(request, readPasswordResetShape);
    const now = nowMillis();
    return answer(await guessed({ request, secret: token, now }, () => readPasswordReset(token, now)));
  });

/** Nobody is signed in by it: who has the link proves nothing but that, and the new password is tried at once. */
export const resetPasswordResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const input = await bodyOf(request, resetPasswordShape);
    const now = nowMillis();
    const resetting = { accounts: accountsFor(request), now, from: originOfCaller(request) };
    return answer(
      await guessed({ request, secret: input.token, now }, () => resetPassword(input, resetting)),
    );
  });

const contextOf = async (request: Request): Promise<Context> => ({
  ...(await admit(request)),
  now: nowMillis,
  idempotency: null,
  channel: "dashboard",
});

export const accountResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => answer(await describeAccount(await contextOf(request), accountsFor(request))));

export const changePasswordResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const ctx = await contextOf(request);
    const change = await bodyOf(request, changePassword);
    const { email } = await requirePerson(ctx);
    return answer(
      await guessed({ request, secret: change.current, now: nowMillis(), account: email }, () =>
        changeOwnPassword(ctx, accountsFor(request), change),
      ),
    );
  });

export const newPasskeyQuestionResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const person = await requirePerson(await contextOf(request));
    const { options, sealed } = await askForPasskey(publicOriginOf(request), person, nowMillis());
    return answer({ options }, [askedCookie(request, sealed)]);
  });

export const newPasskeyResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const ctx = await contextOf(request);
    const given = await bodyOf(request, addPasskey);
    await keepPasskey(
      { origin: publicOriginOf(request), sealed: challengeOf(request), now: nowMillis() },
      await requirePerson(ctx),
      given,
    );
    await notePasskey(ctx, given.name);
    return answer({ added: true });
  });

export const removePasskeyResponse = (request: Request): Promise<Response> =>
  guarded(request, async () => {
    const ctx = await contextOf(request);
    const { id } = await bodyOf(request, removePasskey);
    return answer(await removeOwnPasskey(ctx, accountsFor(request), id));
  });
