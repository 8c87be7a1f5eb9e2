import { brand, type Millis, type WorkspaceId } from "@/lib/domain/ids";
import {
  findInvitation,
  findPersonByEmail,
  findPerson,
  letMakeWorkspaces,
  putMember,
  roleIn,
  spendInvitation,
  type Invitation,
} from "@/lib/store/people";
import { findWorkspace } from "@/lib/store/access";
import { newPerson, personByPassword } from "@/lib/sign-in/passwords";
import { note } from "./audit";
import { Refusal } from "@/lib/domain/errors";
import { roleNamed, ROLES } from "@/lib/domain/access";
import { startPersonSession, type StartedSession } from "./session";
import type { AccountsFor } from "@/lib/sign-in/accounts";
import type { Origin } from "./context";

export interface Coming {
  readonly accounts: AccountsFor;
  readonly now: Millis;
  readonly from: Origin;
}

async function requireInvitation(token: string, now: Millis): Promise<Invitation> {
  const found = await findInvitation(token, now);
  if (found === null)
    throw new Refusal(
      "unauthenticated",
      "This invitation was used already, was withdrawn, or is too old. Ask for a new one.",
    );
  return found;
}

/** Whether the token still lets somebody in. */
export const findInvitationToJoin = async (token: string, now: Millis): Promise<boolean> =>
  (await findInvitation(token, now)) !== null;

/** What an invitation offers, for whoever holds it. */
export async function readInvitation(token: string, now: Millis) {
  const { workspaceId, role, note: forWhom, expiresAt } = await requireInvitation(token, now);
  const workspace = await findWorkspace(workspaceId);
  return {
    workspace: { name: workspace?.name ?? "" },
    role: roleNamed(role),
    note: forWhom,
    expiresAt: expiresAt.toISOString(),
  };
}

export interface JoinInput {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Makes a person of whoever holds the invitation, or lets in somebody who is known here and proves it by their password. */
export async function joinByPassword(
  { token, ...credentials }: JoinInput,
  coming: Coming,
): Promise<StartedSession> {
  const invitation = await requireInvitation(token, coming.now);
  const isKnown = (await findPersonByEmail(credentials.email)) !== null;
  const personId = isKnown
    ? await personByPassword(coming.accounts, credentials)
    : await newPerson(coming.accounts, credentials);
  if (personId === null)
    throw new Refusal(
      "unauthenticated",
      "Somebody has an account with this address, and this is not its password. Give the password you have here already.",
    );
  return letIn(invitation, personId, coming);
}

/** Who is signed in already, or was by their identity provider, takes the invitation as who they are. */
export async function joinAs(token: string, personId: string, coming: Coming): Promise<StartedSession> {
  return letIn(await requireInvitation(token, coming.now), personId, coming);
}

async function letIn(
  invitation: Invitation,
  personId: string,
  { now, from }: Coming,
): Promise<StartedSession> {
  if (!(await spendInvitation(invitation.id, personId, now)))
    throw new Refusal("conflict", "Somebody else used this invitation a moment ago. Ask for a new one.");
  const workspaceId = brand<WorkspaceId>(invitation.workspaceId);
  const [offered, present] = [roleNamed(invitation.role), await roleIn(workspaceId, personId)];
  // An invitation never takes away what somebody may do already.
  const role = present !== null && ROLES.indexOf(present) > ROLES.indexOf(offered) ? present : offered;
  await putMember({ workspaceId, personId, role, addedAt: now, addedBy: invitation.createdBy });
  if (invitation.installation) await letMakeWorkspaces(personId);
  const person = await findPerson(personId);
  await note(
    {
      kind: "joined",
      actor: `person:${personId}`,
      workspaceId,
      from,
      detail: `${person?.name ?? ""} as ${role}`,
    },
    now,
  );
  return startPersonSession(personId, "by invitation", { now, from, workspaceId });
}
