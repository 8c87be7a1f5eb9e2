import { accounts, PASSWORD, type AccountsFor } from "./accounts";
import { Refusal } from "@/lib/domain/errors";

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Who this is, or null. As slow for an address that nobody has as for a wrong password. */
export async function personByPassword(
  asked: AccountsFor,
  { email, password }: Credentials,
): Promise<string | null> {
  const library = await accounts(asked);
  const found = await library.api
    .signInEmail({ body: { email, password } })
    .catch(refusedBy("INVALID_EMAIL_OR_PASSWORD", "INVALID_EMAIL"));
  return found?.user.id ?? null;
}

/** Makes a person with a password; null when somebody has this address already. */
export async function newPerson(
  asked: AccountsFor,
  person: Credentials & { readonly name: string },
): Promise<string | null> {
  requireGoodPassword(person);
  const library = await accounts(asked);
  const { name, email, password } = person;
  const made = await library.api
    .signUpEmail({ body: { name, email, password } })
    .catch(refusedBy("USER_ALREADY_EXISTS", "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"));
  return made?.user.id ?? null;
}

/** Puts another password in the place of the present one, or makes the first. False: the present one is wrong. */
export async function changePassword(
  asked: AccountsFor,
  personId: string,
  change: { readonly current: string; readonly next: string; readonly email: string },
): Promise<boolean> {
  requireGoodPassword({ password: change.next, email: change.email });
  const { password, internalAdapter } = await (await accounts(asked)).$context;
  const own = (await internalAdapter.findAccounts(personId)).find(
    ({ providerId }) => providerId === "credential",
  );
  if (own?.password && !(await password.verify({ hash: own.password, password: change.current })))
    return false;
  await write(asked, personId, change.next);
  return true;
}

/**
 * Puts a password in the place of whatever there is, for who came by a link for it. The link is spent when the password is known to be good and
 * before it is written: it is neither lost to a bad one nor used twice.
 */
export async function setPassword(
  asked: AccountsFor,
  personId: string,
  change: { readonly next: string; readonly email: string; readonly spend: () => Promise<boolean> },
): Promise<void> {
  requireGoodPassword({ password: change.next, email: change.email });
  if (!(await change.spend()))
    throw new Refusal("conflict", "Somebody else used this link a moment ago. Ask for a new one.");
  await write(asked, personId, change.next);
}

async function write(asked: AccountsFor, personId: string, next: string): Promise<void> {
  const { password, internalAdapter } = await (await accounts(asked)).$context;
  const hash = await password.hash(next);
  const own = (await internalAdapter.findAccounts(personId)).some(
    ({ providerId }) => providerId === "credential",
  );
  if (own) await internalAdapter.updatePassword(personId, hash);
  else
    await internalAdapter.linkAccount({
      userId: personId,
      accountId: personId,
      providerId: "credential",
      password: hash,
    });
}

export async function hasPassword(asked: AccountsFor, personId: string): Promise<boolean> {
  const { internalAdapter } = await (await accounts(asked)).$context;
  return (await internalAdapter.findAccounts(personId)).some(
    ({ providerId, password }) => providerId === "credential" && Boolean(password),
  );
}

function requireGoodPassword({ password, email }: Credentials): void {
  const problem = problemWith(password, email);
  if (problem !== null)
    throw new Refusal("invalid_input", `password: ${problem}`, {
      fields: [{ path: "password", message: problem }],
    });
}

/** Length is what counts; what is the address itself, or one character over and over, is no password. */
function problemWith(password: string, email: string): string | null {
  if (password.length < PASSWORD.min)
    return `use at least ${PASSWORD.min} characters, for example four words`;
  if (password.length > PASSWORD.max) return `use at most ${PASSWORD.max} characters`;
  const [name = ""] = email.toLowerCase().split("@");
  if (
    password.toLowerCase() === email.toLowerCase() ||
    new Set(password).size <= 2 ||
    password.toLowerCase().replaceAll(name, "").length < PASSWORD.min / 2
  )
    return "this one is guessed at once; use another";
  return null;
}

/** The library says no by throwing; what it means by these codes is an answer of ours, anything else is a fault. */
const refusedBy =
  (...codes: readonly string[]) =>
  (error: unknown): null => {
    const body = error instanceof Error && "body" in error ? error.body : null;
    const code = typeof body === "object" && body !== null && "code" in body ? body.code : null;
    if (typeof code === "string" && codes.includes(code)) return null;
    throw error;
  };
