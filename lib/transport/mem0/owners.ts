import * as shapes from "@/lib/contracts/mem0";
import { allOf, cursorQuery, envelope, ours, read, type Mem0Answer, type Mem0Call } from "./call";
import { APP_KEY, filterFrom } from "./filters";
import { removeWhere } from "./memories";
import type { AnswerOf } from "../call-operation";

type Owner = AnswerOf<"owners.list">["items"][number];
type EntityType = (typeof shapes.ENTITY_TYPES)[number];

/** Whose memories there are. Sessions are ours alone, so they are left out. */
export async function users(call: Mem0Call): Promise<Mem0Answer> {
  const { page, page_size } = read(shapes.paging, call.query);
  const owners = await allOf((cursor) =>
    ours(call, "owners.list", { query: { metadata: APP_KEY, limit: "200", ...cursorQuery(cursor) } }),
  );
  const entities = owners.flatMap((owner) =>
    owner.type === "session" ? [] : [entity(owner, call.ctx.workspaceId)],
  );
  const [number, size] = [page ?? 1, page_size ?? PAGE];
  const results = entities.slice((number - 1) * size, number * size);
  const totals = Object.fromEntries(
    shapes.ENTITY_TYPES.map((type) => [`total_${type}s`, entities.filter((e) => e.type === type).length]),
  );
  return { body: { ...envelope(call, { results, count: entities.length, page: number, size }), ...totals } };
}

const PAGE = 100;

const entity = ({ type, id, memories, firstAt, updatedAt }: Owner, workspace: string) => ({
  id,
  name: id,
  type: type === "metadata" ? "app" : type,
  owner: workspace,
  metadata: null,
  total_memories: memories,
  created_at: firstAt,
  updated_at: updatedAt,
});

/** All memories of one owner, as one group. */
export async function removeEntity(call: Mem0Call): Promise<Mem0Answer> {
  const type: EntityType = read(shapes.entityType, call.params.type);
  const filter = filterFrom({ [`${type}_id`]: { eq: call.params.name ?? "" } });
  const { groupId } = await removeWhere(call, filter);
  return { body: { message: "Entity deleted successfully!", group_id: groupId } };
}
