import { isFields, objectsIn, restOf, textAt, type Fields } from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";
import type { Forms } from "../reader";

/** Each observation is a memory by itself, with the entity's name in front, without which it would say nothing. */
function entityRecords(line: number, entity: Fields): ImportedRecord[] {
  const name = textAt(entity["name"]);
  if (name === undefined || !Array.isArray(entity["observations"]))
    return [{ line, problem: "is an entity without `name` or `observations`" }];
  const type = textAt(entity["entityType"]);
  const rest = restOf(entity, ["type", "name", "entityType", "observations"]);
  const about = {
    tags: type === undefined ? [] : [type],
    metadata: { entity: name, ...(type === undefined ? {} : { entityType: type }) },
    rest,
  };
  const observations = entity["observations"].flatMap((one) => textAt(one) ?? []);
  if (observations.length === 0)
    return recordsOf(line, { ...about, content: type === undefined ? name : `${name} (${type})`, ref: name });
  return observations.flatMap((observation, i) =>
    recordsOf(line, { ...about, content: `${name}: ${observation}`, ref: `${name}#${i + 1}` }),
  );
}

/** A relation is a sentence in active voice already. */
function relationRecords(line: number, relation: Fields): ImportedRecord[] {
  const [from, to, type] = [
    textAt(relation["from"]),
    textAt(relation["to"]),
    textAt(relation["relationType"]),
  ];
  if (from === undefined || to === undefined || type === undefined)
    return [{ line, problem: "is a relation without `from`, `to` or `relationType`" }];
  return recordsOf(line, {
    content: `${from} ${type} ${to}`,
    tags: ["relation"],
    metadata: { from, to, relationType: type },
    ref: `${from} ${type} ${to}`,
    rest: restOf(relation, ["type", "from", "to", "relationType"]),
  });
}

function lineRecords(line: number, value: Fields): ImportedRecord[] {
  if (value["type"] === "entity") return entityRecords(line, value);
  if (value["type"] === "relation") return relationRecords(line, value);
  return [
    { line, problem: `has the type ${JSON.stringify(value["type"])}; known are "entity" and "relation"` },
  ];
}

function* graphRecords(value: unknown): Generator<ImportedRecord> {
  const graph = isFields(value) ? value : {};
  let line = 0;
  for (const entity of objectsIn(graph["entities"])) yield* entityRecords((line += 1), entity);
  for (const relation of objectsIn(graph["relations"])) yield* relationRecords((line += 1), relation);
  for (const name of Object.keys(restOf(graph, ["entities", "relations"])))
    yield { line, note: `\`${name}\` is no part of a knowledge graph and was left out` };
}

/** The reference knowledge-graph server (`@modelcontextprotocol/server-memory`): its JSONL file, or what `read_graph` answers. */
export const serverMemory: Forms = {
  lines: {
    recognises: (first) =>
      (first["type"] === "entity" && "observations" in first) ||
      (first["type"] === "relation" && "relationType" in first),
    read: lineRecords,
  },
  json: {
    recognises: (value) =>
      isFields(value) &&
      Array.isArray(value["entities"]) &&
      Array.isArray(value["relations"]) &&
      objectsIn(value["entities"]).every((entity) => "entityType" in entity),
    read: graphRecords,
  },
};
