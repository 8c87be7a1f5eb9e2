import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";
import {
  deletePasskey,
  findPasskey,
  insertPasskey,
  notePasskeyUse,
  passkeysOf,
  type Person,
} from "@/lib/store/people";
import { millis, type Millis } from "@/lib/domain/ids";
import { Refusal } from "@/lib/domain/errors";
import { seal, unseal } from "@/lib/store/sealed";

/** A question that a device is to sign, sealed for the cookie that brings it back. */
interface Asked<Options> {
  readonly options: Options;
  readonly sealed: string;
}

const ANSWER_WITHIN_MS = 300_000;
const CHALLENGE = "passkey challenge";

export async function askForPasskey(
  origin: string,
  person: Pick<Person, "id" | "name" | "email">,
  now: Millis,
): Promise<Asked<unknown>> {
  const known = await passkeysOf(person.id);
  const options = await generateRegistrationOptions({
    rpName: "Palimpsest",
    rpID: relyingParty(origin),
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.id)),
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { options, sealed: await sealChallenge({ challenge: options.challenge, personId: person.id, now }) };
}

export interface PasskeyAnswer {
  readonly origin: string;
  readonly sealed: string;
  readonly now: Millis;
}

export async function keepPasskey(
  { origin, sealed, now }: PasskeyAnswer,
  person: Pick<Person, "id">,
  given: { readonly name: string; readonly response: object },
): Promise<void> {
  const { challenge, personId } = await openChallenge(sealed, now);
  if (personId !== person.id) throw refused();
  // The library checks every part of what the browser sent.
  const response = given.response as RegistrationResponseJSON;
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: relyingParty(origin),
    requireUserVerification: true,
  }).catch(asRefusal);
  if (registrationInfo === undefined) throw refused();
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
  if ((await findPasskey(id)) !== null)
    throw new Refusal("conflict", "This device's passkey is known already.");
  await insertPasskey({
    id,
    personId: person.id,
    name: given.name,
    publicKey: new Uint8Array(publicKey),
    counter: BigInt(counter),
    transports,
    createdAt: now,
  });
}

/** A question anybody may answer who has a passkey here: the device says whose it is. */
export async function askWhoByPasskey(origin: string, now: Millis): Promise<Asked<unknown>> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(origin),
    userVerification: "required",
  });
  return { options, sealed: await sealChallenge({ challenge: options.challenge, personId: null, now }) };
}

/** Who signed the question; a refusal when nobody known did. */
export async function personByPasskey(
  { origin, sealed, now }: PasskeyAnswer,
  given: object,
): Promise<string> {
  const { challenge } = await openChallenge(sealed, now);
  const response = given as AuthenticationResponseJSON; // the library checks every part of it
  const passkey = typeof response.id === "string" ? await findPasskey(response.id) : null;
  if (passkey === null) throw refused();
  const credential = {
    id: passkey.id,
    publicKey: new Uint8Array(passkey.publicKey),
    counter: Number(passkey.counter),
  };
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    credential,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: relyingParty(origin),
    requireUserVerification: true,
  }).catch(asRefusal);
  if (!verified) throw refused();
  await notePasskeyUse(passkey.id, BigInt(authenticationInfo.newCounter), now);
  return passkey.personId;
}

export const listPasskeys = passkeysOf;
export const forgetPasskey = deletePasskey;

/** Browsers tie a passkey to a name; an address of numbers has none, which is why 127.0.0.1 takes no passkeys and localhost does. */
const relyingParty = (origin: string): string => new URL(origin).hostname;

interface Challenge {
  readonly challenge: string;
  readonly personId: string | null;
  readonly now: Millis;
}

const sealChallenge = async (challenge: Challenge): Promise<string> =>
  Buffer.from(await seal(JSON.stringify(challenge), CHALLENGE)).toString("base64url");

async function openChallenge(sealed: string, now: Millis): Promise<Challenge> {
  const text = await unseal(Buffer.from(sealed, "base64url"), CHALLENGE).catch(asRefusal);
  const found = JSON.parse(text) as Challenge; // sealed by the function above, so it is what that wrote
  if (isSpent(found, now)) throw refused();
  if (now - millis(found.now) > ANSWER_WITHIN_MS)
    throw new Refusal("unauthenticated", "That took too long. Try again.");
  return found;
}

// Next may load this module once per route.
const shared = globalThis as { palimpsestChallenges?: Map<string, number> };

/** A question is answered once, whoever has the cookie. */
function isSpent({ challenge }: Challenge, now: Millis): boolean {
  const spent = (shared.palimpsestChallenges ??= new Map());
  for (const [old, at] of spent) if (now - at > ANSWER_WITHIN_MS) spent.delete(old);
  if (spent.has(challenge)) return true;
  spent.set(challenge, now);
  return false;
}

const refused = (): Refusal =>
  new Refusal(
    "unauthenticated",
    "This passkey is not known here. Sign in another way, or add it under your account.",
  );

function asRefusal(error: unknown): never {
  if (error instanceof Refusal) throw error;
  throw refused();
}
