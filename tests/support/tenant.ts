/** A fresh workspace as its clients see it: over REST, with a key of each trust class. */
import { expect } from "vitest";

import type { CreateMemoryIn, MemoryOut } from "@/lib/contracts/memory";
import { SCOPES, type AccessScope } from "@/lib/domain/access";
import type { TrustClass } from "@/lib/domain/memory/memory";
import { rest, type AnswerOf, type Rest } from "./rest";
import { freshWorkspace, type TestWorkspace } from "./workspace";

export interface Tenant extends Readonly<Record<TrustClass, Rest>> {
  readonly workspace: TestWorkspace;
  readonly remember: (content: string, more?: Partial<CreateMemoryIn>) => Promise<MemoryOut>;
  readonly read: (id: string) => Promise<MemoryOut>;
  readonly revert: (input: object) => Promise<AnswerOf<"reverts.create">>;
  readonly recall: (query: string, more?: object) => Promise<AnswerOf<"recall">>;
  /** The head of the ledger, from a verification that has to succeed. */
  readonly head: () => Promise<{ readonly seq: number; readonly digest: string }>;
  readonly keyWith: (scopes: readonly AccessScope[], trust?: TrustClass) => Promise<Rest>;
}

export async function tenant(): Promise<Tenant> {
  const workspace = await freshWorkspace({ start: Date.now() });
  const { secrets } = workspace;
  const owner = rest(secrets.owner);
  return {
    workspace,
    owner,
    verified: rest(secrets.verified),
    ordinary: rest(secrets.ordinary),
    low: rest(secrets.low),
    remember: async (content, more = {}) =>
      (await owner.post("/memories", { content, ...more })).as("memories.create").memory,
    read: async (id) => (await owner.get(`/memories/${id}`)).as("memories.get").memory,
    revert: async (input) => (await owner.post("/reverts", input)).as("reverts.create"),
    recall: async (query, more = {}) => (await owner.post("/recall", { query, ...more })).as("recall"),
    head: async () => {
      const found = (await owner.get("/verify")).as("verify");
      expect(found).toMatchObject({ ok: true, projection: { mismatches: [] } });
      return found.head;
    },
    keyWith: async (scopes = SCOPES, trust = "owner") => {
      const made = await owner.post("/keys", { name: "a key", scopes, trust });
      return rest(made.as("keys.create").secret);
    },
  };
}

/** The only one there is; a test that finds none or several fails. */
export function only<T>(items: readonly T[]): T {
  expect(items).toHaveLength(1);
  return items[0] as T; // counted right above
}
