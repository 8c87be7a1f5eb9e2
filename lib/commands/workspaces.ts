import {
  archiveWorkspace,
  listWorkspaces as rows,
  updateWorkspace as update,
  type ListedWorkspace,
} from "@/lib/store/workspaces";
import { brand, notFound, type WorkspaceId } from "@/lib/domain/ids";
import { insertKey, insertWorkspace } from "@/lib/store/access";
import { isOperator, newPlainId, personOf, type Context } from "./context";
import { membershipsOf, putMember } from "@/lib/store/people";
import { moveSession } from "@/lib/store/sessions";
import { note, noteBy } from "./audit";
import { Refusal } from "@/lib/domain/errors";
import { SCOPES, type Role } from "@/lib/domain/access";
import { toKeyOut } from "./keys";

/** A workspace as its caller may know it: with their own role there. */
interface Known {
  readonly row: ListedWorkspace;
  readonly role: Role;
}

/** A key knows its own workspace, a person those they were let into, whoever runs the server all of them. */
async function knownTo(ctx: Context): Promise<readonly Known[]> {
  const all = await rows();
  if (isOperator(ctx)) return all.map((row) => ({ row, role: "owner" }));
  const personId = personOf(ctx);
  if (personId === null)
    return all.flatMap((row) =>
      row.id === ctx.workspaceId ? [{ row, role: ctx.scopes.includes("admin") ? "owner" : "viewer" }] : [],
    );
  const roles = new Map(
    (await membershipsOf(personId)).map(({ workspaceId, role }) => [String(workspaceId), role]),
  );
  return all.flatMap((row) => (roles.has(row.id) ? [{ row, role: roles.get(row.id) ?? "viewer" }] : []));
}

async function requireKnown(ctx: Context, id: string): Promise<Known> {
  const found = (await knownTo(ctx)).find(({ row }) => row.id === id);
  if (found === undefined) throw notFound("workspace", id);
  return found;
}

const workspaceOut = (ctx: Context, { row, role }: Known) => ({
  id: row.id,
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  archivedAt: row.archivedAt?.toISOString() ?? null,
  changes: row.headSeq,
  role,
  isCurrent: row.id === ctx.workspaceId,
});

export async function listWorkspaces(ctx: Context) {
  return { items: (await knownTo(ctx)).map((known) => workspaceOut(ctx, known)), mayMake: ctx.installation };
}

/** A further tenant with an empty ledger and its first owner key; only who may make workspaces. A person becomes its owner. */
export async function createWorkspace(ctx: Context, { name }: { readonly name: string }) {
  if (!ctx.installation)
    throw new Refusal(
      "forbidden",
      "Only whoever runs this server, or whom they allowed it, can make workspaces: come by the link of `npm run login`, or use the owner key (PALIMPSEST_ADMIN_KEY).",
    );
  const now = ctx.now();
  const workspace = await insertWorkspace({ id: newPlainId(), name, createdAt: now });
  const workspaceId = brand<WorkspaceId>(workspace.id);
  const { key, secret } = await insertKey({
    id: newPlainId(),
    workspaceId,
    name: "Owner",
    scopes: SCOPES,
    trust: "owner",
    installation: false,
    createdAt: now,
    expiresAt: null,
  });
  const personId = personOf(ctx);
  if (personId !== null)
    await putMember({ workspaceId, personId, role: "owner", addedAt: now, addedBy: ctx.actor });
  await note({
    kind: "workspaceMade",
    actor: ctx.actor,
    workspaceId,
    from: ctx.from ?? { address: null, agent: null },
    detail: name,
  });
  return {
    workspace: { id: workspace.id, name: workspace.name, createdAt: workspace.createdAt.toISOString() },
    key: toKeyOut(key),
    secret,
  };
}

/** Another name, put away, or opened again. What is put away keeps every row; its keys are refused until it is opened. */
export async function updateWorkspace(
  ctx: Context,
  {
    id,
    name,
    archived,
  }: { readonly id: string; readonly name?: string | undefined; readonly archived?: boolean | undefined },
) {
  const { row, role } = await requireKnown(ctx, id);
  if (role !== "owner")
    throw new Refusal("forbidden", `Only an owner of "${row.name}" can change it; you are a ${role} there.`);
  if (name !== undefined && name !== row.name) {
    await update(id, { name });
    await noteThere(ctx, row, { kind: "workspaceRenamed", detail: `${row.name} → ${name}` });
  }
  if (archived !== undefined && archived !== (row.archivedAt !== null)) await putAway(ctx, row, archived);
  return { workspace: workspaceOut(ctx, await requireKnown(ctx, id)) };
}

async function putAway(ctx: Context, row: ListedWorkspace, archived: boolean): Promise<void> {
  if (!archived) await update(row.id, { archivedAt: null });
  else if (!(await archiveWorkspace(row.id, new Date(ctx.now()))))
    throw new Refusal("conflict", "This is the only open workspace. Make or open another one first.");
  await noteThere(ctx, row, { kind: archived ? "workspaceArchived" : "workspaceOpened", detail: row.name });
}

const noteThere = (
  ctx: Context,
  { id }: ListedWorkspace,
  what: {
    readonly kind: "workspaceRenamed" | "workspaceArchived" | "workspaceOpened";
    readonly detail: string;
  },
): Promise<void> => noteBy({ ...ctx, workspaceId: brand<WorkspaceId>(id) }, what.kind, what.detail);

/** The browser works there from now on. */
export async function enterWorkspace(ctx: Context, { id }: { readonly id: string }) {
  const known = await requireKnown(ctx, id);
  if (known.row.archivedAt !== null)
    throw new Refusal("conflict", `"${known.row.name}" was put away. Open it again first.`);
  if (known.row.id !== ctx.workspaceId && ctx.sessionId !== undefined)
    await moveSession(ctx.sessionId, brand<WorkspaceId>(known.row.id));
  return { workspace: workspaceOut({ ...ctx, workspaceId: brand<WorkspaceId>(known.row.id) }, known) };
}
