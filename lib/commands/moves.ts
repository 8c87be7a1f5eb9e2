import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, type Envelope } from "./context";
import { harmSupport, harmTest } from "@/lib/domain/safety/sequential-test";
import { liveAssertions } from "@/lib/queries/assertions";
import { observationsOf } from "@/lib/queries/memory-observations";
import type { Draft, Op, Support } from "@/lib/domain/ledger/change";
import type { Kind, Lifecycle } from "@/lib/domain/memory/memory";
import type { Locked } from "@/lib/store/append";
import type { Standing } from "@/lib/queries/memory-rows";

/** A memory's part of a bulk or single move: the drafts that bring it there, none when it is there already. */
export function lifecycleMove(memory: Standing, to: Lifecycle, by: Envelope): Draft[] {
  if (memory.lifecycle === to) return [];
  const head = draftHead(by);
  if (to === "active") return [draft.restore(head, memory)];
  return [to === "archived" ? draft.archive(head, memory) : draft.delete(head, memory)];
}

export function kindMove(memory: Standing, to: Kind, by: Envelope): Draft[] {
  return memory.kind === to ? [] : [draft.set(draftHead(by), memory, { register: "kind", value: to })];
}

export function tagsMove(memory: Standing, to: readonly string[], by: Envelope): Draft[] {
  const tags = [...new Set(to)];
  const same = tags.length === memory.tags.length && tags.every((tag, i) => tag === memory.tags[i]);
  return same ? [] : [draft.set(draftHead(by), memory, { register: "tags", value: tags })];
}

export interface FlagMove {
  readonly op: "pin" | "quarantine";
  readonly to: boolean;
  readonly by: Envelope;
}

/** A flag is raised by a change of its own and lowered by reverting all that raise it. */
export async function flagMove(locked: Locked, memory: Standing, { op, to, by }: FlagMove): Promise<Draft[]> {
  const isSet = op === "pin" ? memory.pinned : memory.quarantined;
  if (isSet === to) return [];
  if (!to) return lowerFlag(locked, memory, { op, by });
  if (op === "pin") return [draft.pin(draftHead(by), memory)];
  return [draft.quarantine({ ...draftHead(by), support: await harmOf(locked, memory) }, memory)];
}

/** What outcomes say against a memory, when it is enough to decide on: a quarantine then loses its support with them. */
async function harmOf({ tx, parameters }: Locked, { id, evidence }: Standing): Promise<Support | null> {
  if (!harmTest(evidence, parameters).proposed) return null;
  const observed = await observationsOf(tx, id);
  return harmSupport(
    observed.map(({ change, weight }) => ({ change: change.id, weight })),
    parameters,
  );
}

export async function lowerFlag(
  locked: Locked,
  memory: Standing,
  { op, by }: { readonly op: Op; readonly by: Envelope },
): Promise<Draft[]> {
  const asserting = await liveAssertions(locked.tx, memory.id, op);
  return asserting.map((change) => draft.revert(draftHead(by), change));
}
