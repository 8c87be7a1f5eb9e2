import { ours, type Mem0Answer, type Mem0Call } from "./call";
import { Refusal } from "@/lib/domain/errors";
import { isKnownForm } from "@/lib/domain/ids";

/** Clients ask it first, to learn whether their key is good and whose it is. One workspace is one organisation and one project. */
export async function ping(call: Mem0Call): Promise<Mem0Answer> {
  const { workspace } = await ours(call, "sessions.get", {});
  return { body: { status: "ok", org_id: workspace.id, project_id: workspace.id, user_email: null } };
}

export async function project(call: Mem0Call): Promise<Mem0Answer> {
  const { workspace } = await ours(call, "sessions.get", {});
  return {
    body: {
      id: workspace.id,
      project_id: workspace.id,
      name: workspace.name,
      custom_instructions: null,
      custom_categories: null,
    },
  };
}

/** An `event_id` is the group of what it wrote, and it was done when it was answered. */
export async function event(call: Mem0Call): Promise<Mem0Answer> {
  const id = call.params.id ?? "";
  const { items } = isKnownForm(id)
    ? await ours(call, "changes.list", { query: { group: id, limit: "200" } })
    : { items: [] };
  const [newest] = items;
  const oldest = items.at(-1);
  if (newest === undefined || oldest === undefined)
    throw new Refusal("not_found", "Event not found or you don't have permission to access it.");
  const results = items
    .toReversed()
    .flatMap(({ op, targetId, after }) =>
      op === "create" ? [{ id: targetId, data: { memory: after }, event: "ADD" }] : [],
    );
  const { at } = oldest;
  return {
    body: {
      id,
      event_type: "ADD",
      status: "SUCCEEDED",
      payload: {},
      metadata: null,
      results,
      created_at: at,
      updated_at: at,
      started_at: at,
      completed_at: newest.at,
      latency: 0,
      error: null,
    },
  };
}

/** What mem0's service offers beside memories. Saying so is better than pretending. */
export async function notOffered({ path }: Mem0Call): Promise<Mem0Answer> {
  return {
    status: 501,
    body: { error: `${path} is not offered by this drop-in. Its own interface is at /docs.` },
  };
}
