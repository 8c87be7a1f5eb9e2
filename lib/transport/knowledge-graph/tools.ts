import { callOperation } from "../call-operation";
import { CONSTANTS } from "@/lib/domain/parameters";
import { distinct, holds, nodes, sameRelation, toGraph, type KeptGraph } from "./graph";
import { entityMemory, keptGraph, observationMemory, partsFilter, relationMemory } from "./memories";
import { counted } from "../meter";
import { memoryTexts } from "@/lib/queries/memory-texts";
import { requireScope } from "../admit";
import { parseCreateMemory } from "@/lib/contracts/parse";
import { Refusal } from "@/lib/domain/errors";
import type { Context } from "@/lib/commands/context";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import type { Graph, GraphInput, GraphOutput, GraphToolName } from "@/lib/contracts/knowledge-graph";

/** What a tool answers, and the group by which its changes are taken back; null when it changed nothing. */
export interface Done<Name extends GraphToolName> {
  readonly output: GraphOutput<Name>;
  /** What stands as text beside the structured answer. */
  readonly text: unknown;
  readonly groupId: string | null;
}

export type RunTool<Name extends GraphToolName> = (
  ctx: Context,
  input: GraphInput<Name>,
) => Promise<Done<Name>>;

/** Every tool reads the graph and comes to at most one writing operation, so every call is one group of changes. */
export const runTools: { readonly [Name in GraphToolName]: RunTool<Name> } = {
  async create_entities(ctx, input) {
    const asked = input.entities.map(({ name }) => name);
    const known = new Set((await readKept(ctx, asked)).entities.map(({ value }) => value.name));
    const entities = distinct(input.entities, (a, b) => a.name === b.name)
      .filter(({ name }) => !known.has(name))
      .map((entity) => ({ ...entity, observations: [...new Set(entity.observations)] }));
    const groupId = await createAll(
      ctx,
      entities.flatMap((entity) => [
        entityMemory(entity),
        ...entity.observations.map((text) => observationMemory({ entity: entity.name, text })),
      ]),
    );
    return { output: { entities }, text: entities, groupId };
  },

  async create_relations(ctx, input) {
    const { relations: known } = await readKept(
      ctx,
      input.relations.map(({ from }) => from),
    );
    const relations = distinct(input.relations, sameRelation).filter(
      (relation) => !known.some(({ value }) => sameRelation(value, relation)),
    );
    const groupId = await createAll(ctx, relations.map(relationMemory));
    return { output: { relations }, text: relations, groupId };
  },

  async add_observations(ctx, input) {
    const asked = input.observations.map(({ entityName }) => entityName);
    const { entities } = toGraph(await readKept(ctx, asked));
    const known = new Map(entities.map(({ name, observations }) => [name, new Set(observations)]));
    const results = input.observations.map(({ entityName, contents }) => {
      const has = known.get(entityName);
      if (has === undefined) throw new Refusal("not_found", `Entity with name ${entityName} not found`);
      const addedObservations = [...new Set(contents)].filter((text) => !has.has(text));
      for (const text of addedObservations) has.add(text);
      return { entityName, addedObservations };
    });
    const groupId = await createAll(
      ctx,
      results.flatMap(({ entityName: entity, addedObservations }) =>
        addedObservations.map((text) => observationMemory({ entity, text })),
      ),
    );
    return { output: { results }, text: results, groupId };
  },

  async delete_entities(ctx, { entityNames }) {
    const names = new Set(entityNames);
    const kept = await readKept(ctx, entityNames);
    const gone = [
      ...kept.entities.filter(({ value }) => names.has(value.name)),
      ...kept.observations.filter(({ value }) => names.has(value.entity)),
      ...kept.relations.filter(({ value }) => names.has(value.from) || names.has(value.to)),
    ];
    return deleted("Entities deleted successfully", await removeAll(ctx, gone));
  },

  async delete_observations(ctx, { deletions }) {
    const { observations } = await readKept(
      ctx,
      deletions.map(({ entityName }) => entityName),
    );
    const gone = observations.filter(({ value }) =>
      deletions.some(
        ({ entityName, observations: texts }) => entityName === value.entity && texts.includes(value.text),
      ),
    );
    return deleted("Observations deleted successfully", await removeAll(ctx, gone));
  },

  async delete_relations(ctx, { relations }) {
    const kept = await readKept(
      ctx,
      relations.map(({ from }) => from),
    );
    const gone = kept.relations.filter(({ value }) =>
      relations.some((relation) => sameRelation(relation, value)),
    );
    return deleted("Relations deleted successfully", await removeAll(ctx, gone));
  },

  read_graph: async (ctx) => read(toGraph(await readKept(ctx))),
  search_nodes: async (ctx, { query }) => read(nodes(toGraph(await readKept(ctx)), holds(query))),
  open_nodes: async (ctx, { names }) =>
    read(nodes(toGraph(await readKept(ctx, names)), ({ name }) => names.includes(name))),
};

const read = (graph: Graph) => ({ output: graph, text: graph, groupId: null });

const deleted = (message: string, groupId: string | null) => ({
  output: { success: true, message },
  text: message,
  groupId,
});

/** The graph, or the part of it that is about these names: their entities, observations and relations, and perhaps more. */
export async function readKept(ctx: Context, names: readonly string[] | null = null): Promise<KeptGraph> {
  const unique = names === null ? null : [...new Set(names)];
  if (unique?.length === 0) return keptGraph([]);
  return keptGraph(
    await counted("drop-in", "memories.list", async () => {
      await requireScope(ctx, "memories.list");
      return memoryTexts(ctx, partsFilter(unique));
    }),
  );
}

/** All of them or none, as one group. */
async function createAll(ctx: Context, items: readonly CreateMemoryIn[]): Promise<string | null> {
  requireFew(items.length);
  for (const item of items) {
    const parsed = parseCreateMemory(item);
    if (!parsed.ok)
      throw new Refusal(
        "invalid_input",
        `${JSON.stringify(item.content)} cannot be kept: ${parsed.problem}`,
        { fields: parsed.fields },
      );
  }
  if (items.length === 0) return null;
  const { groupId } = await callOperation(ctx, "memories.createMany", { body: { items } });
  return groupId;
}

async function removeAll(ctx: Context, gone: readonly { readonly id: string }[]): Promise<string | null> {
  requireFew(gone.length);
  if (gone.length === 0) return null;
  const { groupId } = await callOperation(ctx, "memories.updateMany", {
    body: { items: gone.map(({ id }) => ({ id, lifecycle: "deleted" })) },
  });
  return groupId;
}

function requireFew(count: number): void {
  if (count > CONSTANTS.maxBatch)
    throw new Refusal(
      "too_large",
      `This would change ${count} entities, observations and relations; one call takes ${CONSTANTS.maxBatch}. Send it in parts.`,
    );
}
