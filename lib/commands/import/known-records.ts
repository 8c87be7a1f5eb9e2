import { contentHash } from "@/lib/store/project";
import type { Locked } from "@/lib/store/append";
import type { ToCreate } from "../create-memory";
import type { PastMove } from "./imported";

export interface ToImport extends ToCreate {
  readonly past: readonly PastMove[];
}

const hashOf = ({ input }: ToCreate): string => {
  const scope = Object.fromEntries(
    Object.entries(input.scope ?? {}).filter(([, value]) => value !== undefined),
  );
  return Buffer.from(contentHash({ content: input.content, scope })).toString("hex");
};

interface Row {
  readonly contentHash: Uint8Array;
  readonly sourceRef: string | null;
  readonly lifecycle: string;
  readonly origin: string | null;
}

/**
 * Which records an earlier import has brought already: the same words in the same scope, from a file of the same name, with
 * the same id there. They are neither made again nor believed more, so that a file can be sent again after a cut, as often
 * as it takes. A record that was deleted here since is made again, unless it was a deleted one to begin with.
 */
export async function knownRecords(
  locked: Locked,
  items: readonly ToImport[],
): Promise<ReadonlySet<ToImport>> {
  if (items.length === 0) return new Set();
  const hashes = new Map(items.map((item) => [item, hashOf(item)]));
  const rows = await locked.tx.$queryRaw<Row[]>`
    SELECT m."contentHash", m."sourceRef", m."lifecycle", c."origin" FROM "Memory" m
    JOIN "Change" c ON c."workspaceId" = m."workspaceId" AND c."id" = m."createdBy"
    WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."exists" AND c."cause"->>'kind' = 'import'
      AND m."contentHash" = ANY(${[...new Set(hashes.values())].map((hash) => Buffer.from(hash, "hex"))})`;
  const known = new Set(rows.flatMap((row) => keysOf(row)));
  return new Set(
    items.filter((item) =>
      known.has(
        keyOf({
          hash: hashes.get(item) ?? "",
          origin: item.by.origin,
          ref: item.input.source?.ref ?? null,
          endsDeleted: item.past.at(-1)?.to === "deleted",
        }),
      ),
    ),
  );
}

interface Identity {
  readonly hash: string;
  readonly origin: string | null;
  readonly ref: string | null;
  readonly endsDeleted: boolean;
}

const keyOf = (identity: Identity): string =>
  JSON.stringify([identity.hash, identity.origin, identity.ref, identity.endsDeleted]);

function keysOf({ contentHash: hash, sourceRef, lifecycle, origin }: Row): string[] {
  const identity = { hash: Buffer.from(hash).toString("hex"), origin, ref: sourceRef };
  const endings = lifecycle === "deleted" ? [true] : [true, false];
  return endings.map((endsDeleted) => keyOf({ ...identity, endsDeleted }));
}
