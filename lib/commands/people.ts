import {
  changeMember,
  deleteInvitation,
  findPerson,
  insertInvitation,
  membersOf,
  openInvitations,
  type Invitation,
  type MemberRow,
} from "@/lib/store/people";
import { endSessions } from "@/lib/store/sessions";
import { isKnownForm, millis, notFound } from "@/lib/domain/ids";
import { noteBy } from "./audit";
import { personOf, type Context } from "./context";
import { Refusal } from "@/lib/domain/errors";
import { roleNamed, ROLES, type Role } from "@/lib/domain/access";

const MS_PER_DAY = 86_400_000;
const USUAL_DAYS = 7;

export async function listPeople(ctx: Context) {
  const [members, invitations] = await Promise.all([
    membersOf(ctx.workspaceId),
    openInvitations(ctx.workspaceId, ctx.now()),
  ]);
  return {
    items: members.map((member) => personOut(ctx, member)),
    invitations: invitations.map(invitationOut),
  };
}

export interface InviteInput {
  readonly note: string;
  readonly role: Role;
  readonly days?: number | undefined;
  readonly mayMakeWorkspaces?: boolean | undefined;
}

/** A link that lets one person in. Who hands it over is up to whoever made it: no mail is sent. */
export async function invitePerson(
  ctx: Context,
  { note, role, days = USUAL_DAYS, mayMakeWorkspaces = false }: InviteInput,
) {
  if (mayMakeWorkspaces && !ctx.installation)
    throw new Refusal("forbidden", "Only who may make workspaces can let somebody else make them.", {
      fields: [{ path: "mayMakeWorkspaces", message: "leave it out" }],
    });
  requireOwnTrust(ctx, role);
  const { invitation, secret } = await insertInvitation({
    workspaceId: ctx.workspaceId,
    role,
    note,
    installation: mayMakeWorkspaces,
    createdAt: ctx.now(),
    createdBy: ctx.actor,
    expiresAt: millis(ctx.now() + days * MS_PER_DAY),
  });
  await noteBy(ctx, "invited", `${note} as ${role}`);
  return { invitation: invitationOut(invitation), secret, path: `/join?token=${secret}` };
}

/** Nobody can let in, or become, somebody whose word counts for more than their own. */
export function requireOwnTrust(ctx: Context, role: Role): void {
  if (role === "owner" && ctx.trust !== "owner")
    throw new Refusal(
      "forbidden",
      `A credential of the class ${ctx.trust} cannot make an owner, nor become one.`,
      {
        fields: [
          { path: "role", message: `must be one of ${ROLES.filter((one) => one !== "owner").join(", ")}` },
        ],
      },
    );
}

export async function withdrawInvitation(ctx: Context, { id }: { readonly id: string }) {
  const row = isKnownForm(id) ? await deleteInvitation(ctx.workspaceId, id) : null;
  if (row === null) throw notFound("invitation", id);
  await noteBy(ctx, "invitationWithdrawn", row.note);
  return { invitation: invitationOut(row) };
}

export async function updatePerson(ctx: Context, { id, role }: { readonly id: string; readonly role: Role }) {
  requireOwnTrust(ctx, role);
  const before = await requireMember(ctx, id);
  await settle(ctx, id, role);
  await noteBy(ctx, "roleChanged", `${before.name}: ${before.role} → ${role}`);
  return { person: personOut(ctx, { ...before, role }) };
}

/** Out of this workspace at once; they stay in others. Somebody who is in none is signed out everywhere. */
export async function removePerson(ctx: Context, { id }: { readonly id: string }) {
  const before = await requireMember(ctx, id);
  await settle(ctx, id, null);
  await noteBy(ctx, "removed", `${before.name} (${before.role})`);
  await endSessions({ actor: `person:${id}` }, { allBut: ctx.sessionId ?? null });
  return { person: personOut(ctx, before) };
}

export async function requireMember(ctx: Context, id: string): Promise<MemberRow> {
  const found = (await membersOf(ctx.workspaceId)).find(({ personId }) => personId === id);
  if (found === undefined || (await findPerson(id)) === null) throw notFound("person", id);
  return found;
}

async function settle(ctx: Context, id: string, role: Role | null): Promise<void> {
  const outcome = await changeMember(ctx.workspaceId, id, role);
  if (outcome === "unknown") throw notFound("person", id);
  if (outcome === "last")
    throw new Refusal("conflict", "This is the workspace's only owner. Make somebody else an owner first.");
}

export const personOut = (ctx: Context, { personId, name, email, role, addedAt, lastSeenAt }: MemberRow) => ({
  id: personId,
  name,
  email,
  role,
  addedAt: addedAt.toISOString(),
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
  isYou: personOf(ctx) === personId,
});

const invitationOut = ({ id, note, role, installation, createdAt, expiresAt }: Invitation) => ({
  id,
  note,
  role: roleNamed(role),
  mayMakeWorkspaces: installation,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
