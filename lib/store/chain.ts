import { chainDigest, EMPTY_DIGEST, textHmac } from "./digest";
import { separate } from "./texts";
import { toChange, type ChangeRow } from "./rows";
import type { Change } from "@/lib/domain/ledger/change";

/** What a link of the chain is checked by: the row as it is stored or exported. */
export type Link = Omit<ChangeRow, "seq"> & { readonly seq: bigint | number };

/** A chain that is followed link by link, from the empty ledger on. */
export interface Chain {
  /** Adds a link; null when it fits, else what is wrong with it in plain words. The chain goes on from what is recorded. */
  readonly follow: (link: Link) => { readonly change: Change; readonly problem: string | null };
  /**
   * Seqs of changes whose words are gone although no purge explains it. Words may be absent only of a purged memory's own
   * changes and of merges and edits made from them, which is known once the whole ledger has been followed.
   */
  readonly missingTexts: () => number[];
  readonly digest: () => Uint8Array;
}

export const emptyChain = (): Chain => chainAfter({ digest: EMPTY_DIGEST, seq: 0, at: 0 });

/** The end of a part of the chain that is taken as it is recorded, for following only what comes after it. */
export interface End {
  readonly digest: Uint8Array;
  readonly seq: number;
  readonly at: number;
}

export function chainAfter(end: End): Chain {
  let { digest, at: lastAt } = end;
  let expected = end.seq + 1;
  const purged = new Set<string>();
  const wordless: Change[] = [];
  return {
    follow: (link) => {
      const change = toChange({ ...link, seq: BigInt(link.seq) });
      const problem = problemOf(link, change, { digest, expected, lastAt });
      digest = link.digest;
      expected = change.seq + 1;
      lastAt = change.at;
      if (change.op === "purge") purged.add(change.target.id);
      if (link.textHmac !== null && link.texts === null) wordless.push(change);
      return { change, problem };
    },
    missingTexts: () => wordless.filter((c) => !isPurged(c, purged)).map((c) => c.seq),
    digest: () => digest,
  };
}

interface Place {
  readonly digest: Uint8Array;
  readonly expected: number;
  readonly lastAt: number;
}

function problemOf(link: Link, change: Change, place: Place): string | null {
  if (change.seq !== place.expected) return `has seq ${change.seq} where ${place.expected} belongs`;
  if (change.at < place.lastAt) return "is dated before the change in front of it";
  if (link.texts !== null && (link.salt === null || link.textHmac === null))
    return "has texts that nothing vouches for";
  if (link.texts !== null && link.salt !== null && !same(textHmac(link.salt, link.texts), link.textHmac))
    return "has texts that are not the ones it was made with";
  if (!same(chainDigest(place.digest, change, { parts: separate(change), hmac: link.textHmac }), link.digest))
    return "does not fit its digest: it, or a change before it, was altered";
  return null;
}

function isPurged(change: Change, purged: ReadonlySet<string>): boolean {
  const madeFrom = change.op === "merge" || change.op === "edit" ? change.payload.madeFrom : [];
  return purged.has(change.target.id) || madeFrom.some((id) => purged.has(id));
}

const same = (a: Uint8Array, b: Uint8Array | null): boolean => b !== null && Buffer.compare(a, b) === 0;
