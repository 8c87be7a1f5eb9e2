import { callOperation, type AnswerOf, type Parts } from "../call-operation";
import { isKnownForm } from "@/lib/domain/ids";
import { Refusal } from "@/lib/domain/errors";
import type { Context } from "@/lib/commands/context";
import type { JsonId } from "../perform";
import type { Schema } from "@/lib/contracts/schema";

/** A call of a mem0 client, once its host, credential and path are known. */
export interface Mem0Call {
  readonly ctx: Context;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The parsed body; an empty object when there is none. */
  readonly body: unknown;
  /** Of the drop-in itself, for links to further pages. */
  readonly base: string;
  /** Below it, without the query. */
  readonly path: string;
}

export interface Mem0Answer {
  readonly status?: number;
  readonly body: unknown;
}

/** Carries out what a call comes to: always operations of our own table, by the caller's own rights. */
export const ours = <Id extends JsonId>({ ctx }: Mem0Call, id: Id, parts: Parts): Promise<AnswerOf<Id>> =>
  callOperation(ctx, id, parts);

/** The input in the words of mem0, or the refusal that names its fault. */
export function read<S extends Schema>(schema: S, value: unknown): ReturnType<S["parse"]> {
  const parsed = schema.safeParse(value);
  // What this very schema parsed.
  if (parsed.success) return parsed.data as ReturnType<S["parse"]>;
  const fields = parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  const [first] = fields;
  throw new Refusal(
    "invalid_input",
    `${first?.path ? `${first.path}: ` : ""}${first?.message ?? "The input is not valid."}`,
    { fields },
  );
}

export function memoryIdOf(id: string | undefined): string {
  if (id !== undefined && isKnownForm(id)) return id;
  throw new Refusal("invalid_input", "memory_id should be a valid UUID", {
    fields: [{ path: "memory_id", message: "give the id of a memory" }],
  });
}

/** mem0's service never reaches over everybody's memories by an oversight, and neither does this. */
export const requireOwner = (isNamed: boolean): void => {
  if (!isNamed)
    throw new Refusal("invalid_input", "One of the filters: app_id, user_id, agent_id, run_id is required!", {
      fields: [{ path: "filters", message: 'name whose memories are meant; "*" means anybody\'s' }],
    });
};

/** A number of `page`, from 1, of a list that is read by cursor. */
export async function pageOf<Item>(
  page: number,
  read: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>,
): Promise<readonly Item[]> {
  let cursor: string | undefined;
  for (let number = 1; ; number += 1) {
    const { items, nextCursor } = await read(cursor);
    if (number === page) return items;
    if (nextCursor === null) return [];
    cursor = nextCursor;
  }
}

/** Everything of a list that is read by cursor. */
export async function allOf<Item>(
  read: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const { items, nextCursor } = await read(cursor);
    found.push(...items);
    cursor = nextCursor;
  }
  return found;
}

export const cursorQuery = (cursor: string | undefined): Record<string, string> =>
  cursor === undefined ? {} : { cursor };

/** Django's envelope of a page. */
export function envelope(
  { base, path }: Mem0Call,
  {
    results,
    count,
    page,
    size,
  }: {
    readonly results: readonly unknown[];
    readonly count: number;
    readonly page: number;
    readonly size: number;
  },
) {
  const link = (to: number) => `${base}${path}?page=${to}&page_size=${size}`;
  return {
    count,
    next: page * size < count ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results,
  };
}
