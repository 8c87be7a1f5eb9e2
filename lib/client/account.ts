import { errorFromResponse, errorFromThrow } from "./api-error";

/** Signing in and one's own account: calls with the browser's cookie alone, which no key can make and no client has. */

export interface Ways {
  /** What the identity provider is called; null: none is configured. */
  readonly provider: string | null;
  readonly isLocalOnly: boolean;
}

export interface Offered {
  readonly workspace: { readonly name: string };
  readonly role: "viewer" | "curator" | "owner";
  readonly note: string;
  readonly expiresAt: string;
}

/** Whose password a link sets. */
export interface PasswordLink {
  readonly name: string;
  readonly email: string;
  readonly expiresAt: string;
}

export interface Account {
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly hasPassword: boolean;
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly createdAt: string;
    readonly lastUsedAt: string | null;
  }[];
}

export type Credential =
  | { readonly token: string }
  | { readonly key: string }
  | { readonly email: string; readonly password: string };

export interface JoinInput {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const account = {
  ways: () => send<Ways>("GET", "/ways"),
  signIn: (credential: Credential) =>
    send<unknown>("POST", "email" in credential ? "/password" : "", credential),
  signOut: () => send<unknown>("DELETE", ""),
  passkeyQuestion: () => send<{ options: never }>("POST", "/passkey", {}),
  signInByPasskey: (response: object) => send<unknown>("PUT", "/passkey", { response }),
  invitation: (token: string) => send<Offered>("POST", "/invitation", { token }),
  join: (input: JoinInput) => send<unknown>("PUT", "/invitation", input),
  joinAsYourself: (token: string) => send<unknown>("PATCH", "/invitation", { token }),
  passwordLink: (token: string) => send<PasswordLink>("POST", "/password-reset", { token }),
  resetPassword: (token: string, password: string) =>
    send<{ readonly email: string }>("PUT", "/password-reset", { token, password }),
  own: () => send<Account>("GET", "/account"),
  changePassword: (change: { readonly current: string; readonly next: string }) =>
    send<{ readonly ended: number }>("POST", "/account/password", change),
  newPasskeyQuestion: () => send<{ options: never }>("POST", "/account/passkeys", {}),
  addPasskey: (name: string, response: object) =>
    send<unknown>("PUT", "/account/passkeys", { name, response }),
  removePasskey: (id: string) => send<unknown>("DELETE", "/account/passkeys", { id }),
} as const;

/** Where the browser goes to sign in with an account elsewhere. */
export const providerHref = (invitation: string | null): string =>
  `/api/session/provider${invitation === null ? "" : `?invitation=${encodeURIComponent(invitation)}`}`;

async function send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`/api/session${path}`, {
    method,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
    credentials: "same-origin",
  }).catch((thrown: unknown) => {
    throw errorFromThrow(thrown);
  });
  if (!response.ok) throw await errorFromResponse(response);
  return response.json();
}
