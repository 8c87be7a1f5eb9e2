import { z } from "zod";

/** The tools of the reference memory server of MCP: the names, arguments and answers that its clients rely on. */
const entity = z.object({
  name: z.string().describe("The name of the entity"),
  entityType: z.string().describe("The type of the entity"),
  observations: z.array(z.string()).describe("What is known of the entity, one observation each"),
});
const relation = z.object({
  from: z.string().describe("The name of the entity where the relation starts"),
  to: z.string().describe("The name of the entity where the relation ends"),
  relationType: z.string().describe("The type of the relation, in active voice"),
});
export type Entity = z.infer<typeof entity>;
export type Relation = z.infer<typeof relation>;

const graph = z.object({ entities: z.array(entity), relations: z.array(relation) });
export type Graph = z.infer<typeof graph>;

const done = z.object({ success: z.boolean(), message: z.string() });

export interface GraphTool {
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly reads?: boolean;
  readonly destroys?: boolean;
}

export const graphTools = {
  create_entities: {
    title: "Create Entities",
    description:
      "Create new entities in the knowledge graph, with what is known of them. A name that is there already is left as it is.",
    input: z.object({ entities: z.array(entity) }),
    output: z.object({ entities: z.array(entity) }),
  },
  create_relations: {
    title: "Create Relations",
    description:
      "Create relations between entities, in active voice. One that is there already is left as it is.",
    input: z.object({ relations: z.array(relation) }),
    output: z.object({ relations: z.array(relation) }),
  },
  add_observations: {
    title: "Add Observations",
    description: "Add observations to entities that exist.",
    input: z.object({
      observations: z.array(
        z.object({
          entityName: z.string().describe("The name of the entity to add the observations to"),
          contents: z.array(z.string()).describe("The observations to add"),
        }),
      ),
    }),
    output: z.object({
      results: z.array(z.object({ entityName: z.string(), addedObservations: z.array(z.string()) })),
    }),
  },
  delete_entities: {
    title: "Delete Entities",
    description: "Delete entities, their observations and their relations.",
    input: z.object({ entityNames: z.array(z.string()).describe("The names of the entities to delete") }),
    output: done,
    destroys: true,
  },
  delete_observations: {
    title: "Delete Observations",
    description: "Delete observations from entities.",
    input: z.object({
      deletions: z.array(
        z.object({
          entityName: z.string().describe("The name of the entity that has them"),
          observations: z.array(z.string()).describe("The observations to delete, word for word"),
        }),
      ),
    }),
    output: done,
    destroys: true,
  },
  delete_relations: {
    title: "Delete Relations",
    description: "Delete relations.",
    input: z.object({ relations: z.array(relation).describe("The relations to delete") }),
    output: done,
    destroys: true,
  },
  read_graph: {
    title: "Read Graph",
    description: "Read the whole knowledge graph.",
    input: z.object({}),
    output: graph,
    reads: true,
  },
  search_nodes: {
    title: "Search Nodes",
    description: "Find the entities whose name, type or observations hold a text, with their relations.",
    input: z.object({ query: z.string().describe("The text to look for in names, types and observations") }),
    output: graph,
    reads: true,
  },
  open_nodes: {
    title: "Open Nodes",
    description: "Read entities by their names, with their relations.",
    input: z.object({ names: z.array(z.string()).describe("The names of the entities") }),
    output: graph,
    reads: true,
  },
} as const satisfies Record<string, GraphTool>;

export type GraphToolName = keyof typeof graphTools;
export const GRAPH_TOOL_NAMES = Object.keys(graphTools) as readonly GraphToolName[]; // keys of a const object are its names
export type GraphInput<Name extends GraphToolName> = z.output<(typeof graphTools)[Name]["input"]>;
export type GraphOutput<Name extends GraphToolName> = z.output<(typeof graphTools)[Name]["output"]>;
