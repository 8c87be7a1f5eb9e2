import { newId } from "./new-id";
import { prisma } from "./prisma";
import type { AccessEvent } from "@/lib/store/generated/client";
import type { AccessEventKind } from "@/lib/domain/access";
import type { Millis, WorkspaceId } from "@/lib/domain/ids";

export type { AccessEvent };

export interface NewAccessEvent {
  readonly at: Millis;
  /** null: before a workspace was known. */
  readonly workspaceId: WorkspaceId | null;
  readonly kind: AccessEventKind;
  readonly actor: string | null;
  readonly address: string | null;
  readonly agent: string | null;
  readonly operation: string | null;
  readonly detail: string | null;
}

export async function insertAccessEvent({ at, ...event }: NewAccessEvent): Promise<string> {
  const id = newId();
  await prisma().accessEvent.create({ data: { ...event, id, at: new Date(at) } });
  return id;
}

/** The same again: counted in the row that is there. */
export async function countAccessEvent(id: string): Promise<void> {
  await prisma().accessEvent.updateMany({ where: { id }, data: { times: { increment: 1 } } });
}

export interface AccessEventWindow {
  /** null: also those of no workspace. */
  readonly workspaceId: WorkspaceId;
  readonly withoutWorkspace: boolean;
  readonly kinds: readonly string[] | null;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Newest first, by time and then by id. */
export function listAccessEvents({
  workspaceId,
  withoutWorkspace,
  kinds,
  before,
  limit,
}: AccessEventWindow): Promise<AccessEvent[]> {
  return prisma().accessEvent.findMany({
    where: {
      AND: [
        { OR: [{ workspaceId }, ...(withoutWorkspace ? [{ workspaceId: null }] : [])] },
        kinds === null ? {} : { kind: { in: [...kinds] } },
        before === null ? {} : { OR: [{ at: { lt: before.at } }, { at: before.at, id: { lt: before.id } }] },
      ],
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
  });
}

/** Keeps the newest `most` and nothing that is older than `since`. */
export async function pruneAccessEvents(most: number, since: Millis): Promise<void> {
  await prisma().accessEvent.deleteMany({ where: { at: { lt: new Date(since) } } });
  const [oldestKept] = await prisma().accessEvent.findMany({
    orderBy: [{ at: "desc" }, { id: "desc" }],
    skip: most,
    take: 1,
    select: { at: true },
  });
  if (oldestKept !== undefined)
    await prisma().accessEvent.deleteMany({ where: { at: { lte: oldestKept.at } } });
}
