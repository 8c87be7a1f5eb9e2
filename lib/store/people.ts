import { brand, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import { newId } from "./new-id";
import { newSecret, secretHash } from "./access";
import { prisma } from "./prisma";
import type { Invitation, Passkey, Person } from "@/lib/store/generated/client";
import { roleNamed, type Role } from "@/lib/domain/access";

export type { Invitation, Passkey, Person };

export const findPerson = (id: string): Promise<Person | null> =>
  prisma().person.findUnique({ where: { id } });
export const findPersonByEmail = (email: string): Promise<Person | null> =>
  prisma().person.findUnique({ where: { email: email.toLowerCase() } });
export const countPeople = (): Promise<number> => prisma().person.count();

export async function letMakeWorkspaces(id: string): Promise<void> {
  await prisma().person.updateMany({ where: { id }, data: { installation: true } });
}

/** Somebody who was let into a workspace, with when they were last there. */
export interface MemberRow {
  readonly personId: string;
  readonly role: Role;
  readonly addedAt: Date;
  readonly name: string;
  readonly email: string;
  readonly lastSeenAt: Date | null;
}

export async function membersOf(workspaceId: WorkspaceId): Promise<readonly MemberRow[]> {
  const members = await prisma().member.findMany({
    where: { workspaceId },
    orderBy: [{ addedAt: "asc" }, { personId: "asc" }],
  });
  const ids = members.map(({ personId }) => personId);
  const people = new Map(
    (await prisma().person.findMany({ where: { id: { in: ids } } })).map((person) => [person.id, person]),
  );
  const seen = await prisma().browserSession.groupBy({
    by: ["personId"],
    where: { personId: { in: ids } },
    _max: { lastSeenAt: true },
  });
  const lastSeen = new Map(seen.map((row) => [row.personId, row._max.lastSeenAt]));
  return members.flatMap(({ personId, role, addedAt }) => {
    const person = people.get(personId);

    return person === undefined
      ? []
      : [
          {
            personId,
            role: roleNamed(role),
            addedAt,
            name: person.name,
            email: person.email,
            lastSeenAt: lastSeen.get(personId) ?? null,
          },
        ];
  });
}

export async function roleIn(workspaceId: string, personId: string): Promise<Role | null> {
  const row = await prisma().member.findUnique({
    where: { workspaceId_personId: { workspaceId, personId } },
  });
  return row === null ? null : roleNamed(row.role);
}

export interface Membership {
  readonly workspaceId: WorkspaceId;
  readonly role: Role;
}

export async function membershipsOf(personId: string): Promise<readonly Membership[]> {
  const rows = await prisma().member.findMany({
    where: { personId },
    orderBy: [{ addedAt: "asc" }, { workspaceId: "asc" }],
  });
  return rows.map((row) => ({ workspaceId: brand<WorkspaceId>(row.workspaceId), role: roleNamed(row.role) }));
}

export interface NewMember extends Membership {
  readonly personId: string;
  readonly addedAt: Millis;
  readonly addedBy: string;
}

export async function putMember({ addedAt, ...member }: NewMember): Promise<void> {
  const { workspaceId, personId, role } = member;
  await prisma().member.upsert({
    where: { workspaceId_personId: { workspaceId, personId } },
    create: { ...member, addedAt: new Date(addedAt) },
    update: { role },
  });
}

/**
 * Changes or removes a member unless the workspace would be left without an owner: "last". The lock makes two owners who
 * step down at the same moment do so one after the other.
 */
export async function changeMember(
  workspaceId: WorkspaceId,
  personId: string,
  role: Role | null,
): Promise<"done" | "unknown" | "last"> {
  return prisma().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Member" WHERE "workspaceId" = ${workspaceId}::uuid ORDER BY "personId" FOR UPDATE`;
    const where = { workspaceId_personId: { workspaceId, personId } };
    const member = await tx.member.findUnique({ where });
    if (member === null) return "unknown";
    const otherOwners = await tx.member.count({
      where: { workspaceId, role: "owner", personId: { not: personId } },
    });
    if (member.role === "owner" && role !== "owner" && otherOwners === 0) return "last";
    await (role === null ? tx.member.delete({ where }) : tx.member.update({ where, data: { role } }));
    return "done";
  });
}

export interface NewInvitation {
  readonly workspaceId: WorkspaceId;
  readonly role: Role;
  readonly note: string;
  readonly installation: boolean;
  readonly createdAt: Millis;
  readonly createdBy: string;
  readonly expiresAt: Millis;
}

export async function insertInvitation({
  createdAt,
  expiresAt,
  ...invitation
}: NewInvitation): Promise<{ invitation: Invitation; secret: string }> {
  const secret = newSecret("invite");
  const data = {
    ...invitation,
    id: newId(),
    hash: secretHash(secret),
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
  };
  return { invitation: await prisma().invitation.create({ data }), secret };
}

/** Those that still let somebody in, oldest first. */
export const openInvitations = (workspaceId: WorkspaceId, now: Millis): Promise<Invitation[]> =>
  prisma().invitation.findMany({
    where: { workspaceId, usedAt: null, expiresAt: { gt: new Date(now) } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });

export async function findInvitation(secret: string, now: Millis): Promise<Invitation | null> {
  const row = await prisma().invitation.findUnique({ where: { hash: secretHash(secret) } });
  return row !== null && row.usedAt === null && row.expiresAt.getTime() > now ? row : null;
}

/** Whoever marks it has it; a second visitor at the same moment marks nothing. */
export async function spendInvitation(id: string, personId: string, at: Millis): Promise<boolean> {
  const { count } = await prisma().invitation.updateMany({
    where: { id, usedAt: null },
    data: { usedAt: new Date(at), usedBy: personId },
  });
  return count === 1;
}

export async function deleteInvitation(workspaceId: WorkspaceId, id: string): Promise<Invitation | null> {
  const row = await prisma().invitation.findFirst({ where: { id, workspaceId, usedAt: null } });
  if (row !== null) await prisma().invitation.deleteMany({ where: { id, workspaceId } });
  return row;
}

export const passkeysOf = (personId: string): Promise<Passkey[]> =>
  prisma().passkey.findMany({ where: { personId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
export const findPasskey = (id: string): Promise<Passkey | null> =>
  prisma().passkey.findUnique({ where: { id } });

export async function insertPasskey({
  createdAt,
  ...passkey
}: Omit<Passkey, "createdAt" | "lastUsedAt" | "publicKey"> & {
  readonly createdAt: Millis;
  readonly publicKey: Uint8Array<ArrayBuffer>;
}): Promise<void> {
  await prisma().passkey.create({ data: { ...passkey, createdAt: new Date(createdAt) } });
}

export async function notePasskeyUse(id: string, counter: bigint, at: Millis): Promise<void> {
  await prisma().passkey.updateMany({ where: { id }, data: { counter, lastUsedAt: new Date(at) } });
}

export async function deletePasskey(personId: string, id: string): Promise<boolean> {
  return (await prisma().passkey.deleteMany({ where: { id, personId } })).count === 1;
}
