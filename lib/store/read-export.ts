import { emptyChain, type Chain, type Link } from "./chain";
import { readLine, type EpochPart, type ExportHead } from "./restore-lines";
import { Refusal } from "@/lib/domain/errors";
import type { Change } from "@/lib/domain/ledger/change";

export interface ExportLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** An export that was read to its end, every digest of it recomputed. */
export interface ExportFile {
  readonly lines: number;
  readonly head: ExportHead;
  readonly changes: readonly Change[];
  readonly epochs: readonly EpochPart[];
}

/** Takes in links as they are read; `end` when no more come. */
export interface ExportSink {
  readonly take: (link: Link, change: Change) => Promise<void>;
  readonly end: () => Promise<void>;
}

/**
 * Reads an export and follows its chain: a file that was altered or cut off is refused with the number of its line.
 * `sink` gets each change as soon as it is found good.
 */
export async function readExport(
  lines: AsyncIterable<ExportLine>,
  sink: ExportSink | null = null,
): Promise<ExportFile> {
  const chain = emptyChain();
  const changes: Change[] = [];
  const epochs: EpochPart[] = [];
  const known = new Set<string>();
  let head: ExportHead | null = null;
  let last = 0;
  for await (const { line, text } of lines) {
    last = line;
    if (text.trim() === "") continue;
    const read = readLine(text);
    if (typeof read === "string") throw refusal(line, read);
    if (head === null && read.type !== "palimpsest")
      throw refusal(
        line,
        "is not the head of an export; give the file as it was exported, from its first line on",
      );
    if (read.type === "palimpsest") head = head === null ? read.head : refuseSecondHead(line);
    else if (read.type === "epoch") epochs.push(read.epoch);
    else {
      const change = follow(chain, read.link, { line, known });
      changes.push(change);
      await sink?.take(read.link, change);
    }
  }
  await sink?.end();
  if (head === null) throw refusal(1, "is missing: the file is empty");
  requireComplete(chain, changes, { head, last });
  return { lines: last, head, changes, epochs };
}

function refuseSecondHead(line: number): never {
  throw refusal(line, "is a second head; this file is two exports in one");
}

function follow(
  chain: Chain,
  link: Link,
  at: { readonly line: number; readonly known: Set<string> },
): Change {
  const { change, problem } = readable(chain, link, at.line);
  if (problem !== null) throw refusal(at.line, problem);
  const needed = change.reverts === null ? change.dependsOn : [...change.dependsOn, change.reverts];
  if (!needed.every((id) => at.known.has(id)))
    throw refusal(at.line, "stands on a change that is not in front of it");
  if (at.known.has(change.id)) throw refusal(at.line, "repeats the id of an earlier change");
  at.known.add(change.id);
  return change;
}

/** A payload of a wrong form cannot be put into canonical form at all. */
function readable(chain: Chain, link: Link, line: number): ReturnType<Chain["follow"]> {
  try {
    return chain.follow(link);
  } catch {
    throw refusal(line, "has a payload that no change of its op has");
  }
}

function requireComplete(
  chain: Chain,
  changes: readonly Change[],
  { head, last }: { readonly head: ExportHead; readonly last: number },
): void {
  if (changes.length !== head.seq || (head.seq > 0 && hex(chain.digest()) !== head.digest))
    throw refusal(
      last,
      `is the last one, and the file should hold ${head.seq} changes: it holds ${changes.length}, so it was cut off or altered`,
    );
  const [missing] = chain.missingTexts();
  // The head is the first line, and changes follow it one by one.
  if (missing !== undefined)
    throw refusal(missing + 1, "lacks its texts, although nothing in this ledger erased them");
}

const refusal = (line: number, message: string): Refusal =>
  new Refusal("invalid_input", `Line ${line} ${message}. Nothing of the file was used.`, {
    fields: [{ path: `line ${line}`, message }],
    extra: { line },
  });

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
