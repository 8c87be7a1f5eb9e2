import { sha256 } from "@/lib/store/digest";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import type { Entity, Relation } from "@/lib/contracts/knowledge-graph";
import type { Kept, KeptGraph, Observation } from "./graph";
import type { MemoryText } from "@/lib/queries/memory-texts";

/**
 * How the graph is kept: a memory for each entity, each observation and each relation, so that recall finds every one of
 * them, outcomes move every one, and each can be taken back alone. What a memory stands for is in its metadata; its scope keeps equal
 * texts of different entities apart, and makes an entity's memories one session, whose parts are read in each other's light.
 */
export const GRAPH_AGENT = "knowledge-graph";

const PART = "knowledgeGraph";
export const PARTS = ["entity", "observation", "relation"] as const;
export type Part = (typeof PARTS)[number];

/** The names that a part is about, where it keeps them. */
const NAMED: Readonly<Record<Part, readonly string[]>> = {
  entity: ["name"],
  observation: ["entity"],
  relation: ["from", "to"],
};

/** A filter has a longest text; beyond it everything is read. */
const LONGEST_NAMES = 3000;
const NAME_FIELDS = Object.values(NAMED).flat();

/**
 * The condition that picks the graph's memories; what waits in quarantine is shown to no model. With names, those about them
 * alone, as far as that can be asked for: whoever needs exactly these looks again.
 */
export function partsFilter(names: readonly string[] | null): string {
  const about =
    names === null || JSON.stringify(names).length * NAME_FIELDS.length > LONGEST_NAMES
      ? []
      : [{ OR: PARTS.map((part) => partAbout(part, names)) }];
  return JSON.stringify({
    AND: [
      { agentId: GRAPH_AGENT },
      { [`metadata.${PART}`]: { in: PARTS } },
      { lifecycle: { ne: "deleted" } },
      { quarantined: false },
      ...about,
    ],
  });
}

const partAbout = (part: Part, names: readonly string[]) => ({
  AND: [
    { [`metadata.${PART}`]: part },
    { OR: NAMED[part].map((field) => ({ [`metadata.${field}`]: { in: names } })) },
  ],
});

export const entityMemory = ({ name, entityType }: Pick<Entity, "name" | "entityType">): CreateMemoryIn => ({
  content: `${name} (${entityType})`,
  metadata: { [PART]: "entity", name, entityType },
  scope: scopeOf("entity", name),
});

export const observationMemory = ({ entity, text }: Observation): CreateMemoryIn => ({
  content: withName(entity, text),
  metadata: { [PART]: "observation", entity },
  scope: scopeOf("observation", entity),
});

export const relationMemory = ({ from, to, relationType }: Relation): CreateMemoryIn => ({
  content: `${from} ${relationType.replaceAll("_", " ")} ${to}`,
  metadata: { [PART]: "relation", from, to, relationType },
  scope: scopeOf(`relation ${relationType}`, from),
});

const scopeOf = (run: string, entity: string) => ({
  agentId: GRAPH_AGENT,
  runId: fitting(run),
  ...(entity === "" ? {} : { sessionId: fitting(entity) }),
});

const LONGEST = 256;

/** Names can be longer than a scope's fields; a digest keeps long ones apart. */
const fitting = (name: string): string =>
  name.length <= LONGEST
    ? name
    : `${name.slice(0, LONGEST / 2)} ${Buffer.from(sha256(name)).toString("hex")}`;

const prefixOf = (entity: string): string => `${entity}: `;

/**
 * An observation that does not name its entity says little by itself, so it is kept with the name before it. `withoutName`
 * is the exact inverse: what begins like that by itself gets the name once more.
 */
export function withName(entity: string, text: string): string {
  const prefix = prefixOf(entity);
  return text.includes(entity) && !text.startsWith(prefix) ? text : prefix + text;
}

export const withoutName = (entity: string, content: string): string =>
  content.startsWith(prefixOf(entity)) ? content.slice(prefixOf(entity).length) : content;

/** Memories as parts of the graph. One whose metadata was edited into something else is no part of it. */
export function keptGraph(memories: readonly MemoryText[]): KeptGraph {
  const of = (part: Part) => memories.filter(({ metadata }) => metadata[PART] === part);
  return {
    entities: kept(of("entity"), ({ metadata: { name, entityType } }) =>
      isText(name) && isText(entityType) ? { name, entityType } : null,
    ),
    observations: kept(of("observation"), ({ content, metadata: { entity } }) =>
      isText(entity) ? { entity, text: withoutName(entity, content) } : null,
    ),
    relations: kept(of("relation"), ({ metadata: { from, to, relationType } }) =>
      isText(from) && isText(to) && isText(relationType) ? { from, to, relationType } : null,
    ),
  };
}

const isText = (value: unknown): value is string => typeof value === "string";

const kept = <T>(memories: readonly MemoryText[], read: (memory: MemoryText) => T | null): Kept<T>[] =>
  memories.flatMap((memory) => {
    const value = read(memory);
    return value === null ? [] : [{ id: memory.id, value }];
  });
