import { AsyncLocalStorage } from "node:async_hooks";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins";
import { env } from "@/lib/env";
import { newId } from "@/lib/store/new-id";
import { personAdapter } from "@/lib/store/person-adapter";
import { secretFor } from "@/lib/store/sealed";

/**
 * The library that keeps passwords and talks to identity providers. It answers one question, who somebody is; the sessions it
 * makes on the way are forgotten at once, because ours are kept as hashes and end by our rules.
 */

export const PASSWORD = { min: 12, max: 128 } as const;
export const PROVIDER = "oidc";
/** Below here its own routes are; only the way back from a provider is served. */
export const SIGN_IN_PATH = "/api/session/provider";

export interface AccountsFor {
  /** Where the server is reached: scheme, host and port. */
  readonly origin: string;
  /** Somebody with an invitation may become a person here by an account elsewhere. */
  readonly mayJoin: boolean;
}

/** The person whom a request through the library signed in. */
interface Arrival {
  personId: string | null;
}
const arrival = new AsyncLocalStorage<Arrival>();

type Accounts = Awaited<ReturnType<typeof make>>;
const MOST_KEPT = 16;
// Next may load this module once per route.
const shared = globalThis as { palimpsestAccounts?: Map<string, Promise<Accounts>> };

export function accounts(asked: AccountsFor): Promise<Accounts> {
  const kept = (shared.palimpsestAccounts ??= new Map());
  const name = JSON.stringify([asked.origin, asked.mayJoin, env.identityProvider]);
  const found = kept.get(name) ?? make(asked);
  // A server may be asked under any name; what was made for the first ones goes.
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, found);
  return found;
}

/** Runs `work` and tells who was signed in by it. */
export async function arriving<T>(
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly personId: string | null }> {
  const seen: Arrival = { personId: null };
  const done = await arrival.run(seen, work);
  return { done, personId: seen.personId };
}

async function make({ origin, mayJoin }: AccountsFor) {
  const passing = passingStorage();
  return betterAuth({
    appName: "Palimpsest",
    baseURL: origin,
    basePath: SIGN_IN_PATH,
    secret: await secretFor("sign-in"),
    database: personAdapter(),
    secondaryStorage: passing,
    telemetry: { enabled: false },
    logger: { level: "error" },
    // Guesses are counted at our own door, over every way to sign in.
    rateLimit: { enabled: false },
    trustedOrigins: [origin],
    user: { modelName: "person" },
    account: {
      modelName: "personLogin",
      fields: { userId: "personId" },
      storeStateStrategy: "cookie",
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, disableImplicitLinking: true },
    },
    emailAndPassword: { enabled: true, minPasswordLength: PASSWORD.min, maxPasswordLength: PASSWORD.max },
    advanced: {
      database: { generateId: newId },
      cookiePrefix: "palimpsest_sign_in",
      useSecureCookies: origin.startsWith("https:"),
    },
    databaseHooks: { session: { create: { after: async ({ userId }) => noteArrival(userId) } } },
    plugins: providers(mayJoin),
  });
}

async function noteArrival(userId: string): Promise<void> {
  const seen = arrival.getStore();
  if (seen) seen.personId = userId;
}

function providers(mayJoin: boolean) {
  const provider = env.identityProvider;
  if (provider === null) return [];
  const { issuer, clientId, clientSecret, name } = provider;
  return [
    genericOAuth({
      config: [
        {
          providerId: PROVIDER,
          name,
          clientId,
          clientSecret,
          discoveryUrl: `${issuer}/.well-known/openid-configuration`,
          scopes: ["openid", "email", "profile"],
          pkce: true,
          requireIdTokenVerification: true,
          requireEmailVerification: true,
          disableSignUp: !mayJoin,
        },
      ],
    }),
  ];
}

const SHORT_LIVED_MS = 60_000;
const MOST_PASSING = 1000;

/** What the library wants to keep for a moment: its sessions, which nobody ever presents. */
function passingStorage() {
  const held = new Map<string, { readonly text: string; readonly until: number }>();
  return {
    get: async (key: string) => {
      const found = held.get(key);
      return found !== undefined && found.until > Date.now() ? found.text : null;
    },
    set: async (key: string, text: string) => {
      if (held.size >= MOST_PASSING) held.clear();
      held.set(key, { text, until: Date.now() + SHORT_LIVED_MS });
    },
    delete: async (key: string) => void held.delete(key),
    getAndDelete: async (key: string) => {
      const found = held.get(key);
      held.delete(key);
      return found !== undefined && found.until > Date.now() ? found.text : null;
    },
    // For its limit of requests, which is switched off.
    increment: async () => 1,
  };
}
