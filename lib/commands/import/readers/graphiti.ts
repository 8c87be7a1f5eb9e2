import {
  firstText,
  idAt,
  isFields,
  objectsIn,
  restOf,
  textAt,
  textsAt,
  timeAt,
  type Fields,
} from "../fields";
import { recordsOf, type ImportedRecord } from "../imported";
import { Refusal } from "@/lib/domain/errors";
import type { Forms } from "../reader";

const EPISODES = ["episodes", "episodic_nodes"] as const;
const NODES = ["nodes", "entities", "entity_nodes"] as const;
const EDGES = ["edges", "facts", "entity_edges"] as const;
/** Vectors are worked out anew; ids of other rows mean nothing here. */
const DROPPED = [
  "uuid",
  "group_id",
  "created_at",
  "name_embedding",
  "fact_embedding",
  "labels",
  "attributes",
  "entity_edges",
  "episodes",
  "reference_time",
  "source_node_uuid",
  "target_node_uuid",
];
const PARTITIONS_OF_NOBODY = new Set(["", "_", "default"]);

const listOf = (dump: Fields, names: readonly string[]): readonly Fields[] =>
  names.map((name) => objectsIn(dump[name])).find((list) => list.length > 0) ?? [];

/** Graphiti parts its graph by group; what is in one must not be recalled for another. */
const partition = (row: Fields): string | undefined =>
  PARTITIONS_OF_NOBODY.has(textAt(row["group_id"]) ?? "") ? undefined : textAt(row["group_id"]);

const attributes = (row: Fields): Fields => (isFields(row["attributes"]) ? row["attributes"] : {});

function episodeRecords(line: number, episode: Fields): ImportedRecord[] {
  const content = firstText(episode, ["content", "episode_body"]);
  if (content === undefined) return [{ line, problem: "is an episode without `content`" }];
  const said = textAt(episode["source_description"]);
  const metadata = {
    ...(textAt(episode["name"]) === undefined ? {} : { name: episode["name"] }),
    ...(said === undefined ? {} : { sourceDescription: said }),
    ...(isFields(episode["episode_metadata"]) ? episode["episode_metadata"] : {}),
  };
  return recordsOf(line, {
    content,
    kind: "episode",
    metadata,
    userId: partition(episode),
    ref: idAt(episode["uuid"]),
    validAt: timeAt(episode["valid_at"]) ?? timeAt(episode["created_at"]),
    rest: restOf(episode, [
      ...DROPPED,
      "content",
      "episode_body",
      "name",
      "source_description",
      "episode_metadata",
      "source",
      "valid_at",
    ]),
  });
}

function nodeRecords(line: number, node: Fields): ImportedRecord[] {
  const [name, summary] = [textAt(node["name"]), textAt(node["summary"])];
  if (name === undefined) return [{ line, problem: "is an entity without `name`" }];
  // A node that nothing is told of lives on in the facts that name it.
  if (summary === undefined) return [{ line, skip: true }];
  const tags = textsAt(node["labels"]).filter((label) => label !== "Entity");
  return recordsOf(line, {
    content: `${name}: ${summary}`,
    tags,
    metadata: { entity: name, ...attributes(node) },
    userId: partition(node),
    ref: idAt(node["uuid"]),
    validAt: timeAt(node["created_at"]),
    rest: restOf(node, [...DROPPED, "name", "summary"]),
  });
}

function edgeRecords(line: number, edge: Fields, names: ReadonlyMap<string, string>): ImportedRecord[] {
  const [relation = "relates to", source, target] = [
    textAt(edge["name"]),
    names.get(idAt(edge["source_node_uuid"]) ?? ""),
    names.get(idAt(edge["target_node_uuid"]) ?? ""),
  ];
  const content =
    textAt(edge["fact"]) ??
    (source === undefined || target === undefined ? undefined : `${source} ${relation} ${target}`);
  if (content === undefined)
    return [{ line, problem: "is an edge without `fact`, between nodes that this dump does not name" }];
  return recordsOf(line, {
    content,
    kind: "fact",
    metadata: {
      relation,
      ...(source === undefined ? {} : { from: source }),
      ...(target === undefined ? {} : { to: target }),
      ...attributes(edge),
    },
    userId: partition(edge),
    ref: idAt(edge["uuid"]),
    validAt: timeAt(edge["valid_at"]) ?? timeAt(edge["created_at"]),
    invalidAt: timeAt(edge["invalid_at"]) ?? timeAt(edge["expired_at"]),
    rest: restOf(edge, [...DROPPED, "name", "fact", "valid_at", "invalid_at", "expired_at"]),
  });
}

function* dumpRecords(value: unknown): Generator<ImportedRecord> {
  const dump = isFields(value) ? value : {};
  const [episodes, nodes, edges] = [listOf(dump, EPISODES), listOf(dump, NODES), listOf(dump, EDGES)];
  if (episodes.length + nodes.length + edges.length === 0)
    throw new Refusal(
      "invalid_input",
      "A Graphiti dump holds `episodes`, `nodes` and `edges`; this one has none of them. Nothing was imported.",
      { fields: [{ path: "edges", message: "is missing" }] },
    );
  const names = new Map(
    nodes.flatMap((node) =>
      textAt(node["name"]) === undefined
        ? []
        : [[idAt(node["uuid"]) ?? "", textAt(node["name"]) ?? ""] as const],
    ),
  );
  let line = 0;
  for (const episode of episodes) yield* episodeRecords((line += 1), episode);
  for (const node of nodes) yield* nodeRecords((line += 1), node);
  for (const edge of edges) yield* edgeRecords((line += 1), edge, names);
  for (const name of Object.keys(restOf(dump, [...EPISODES, ...NODES, ...EDGES])))
    yield { line, note: `\`${name}\` was left out: only episodes, nodes and edges are read` };
}

const NODE_KINDS = ["Episodic", "Entity", "Community", "Saga"];
const EDGE_KINDS = ["RELATES_TO", "MENTIONS", "HAS_MEMBER", "HAS_EPISODE", "NEXT_EPISODE"];

const propertiesOf = (row: unknown): Fields =>
  isFields(row) && isFields(row["properties"]) ? row["properties"] : {};

/** Attributes stand among the properties of a node or edge in the database: what the model has no name for is one. */
function withAttributes(properties: Fields, labels: unknown): Fields {
  const own = [...DROPPED, "name", "fact", "summary", "valid_at", "invalid_at", "expired_at"];
  return { ...properties, labels, attributes: restOf(properties, own) };
}

const known = (row: Fields): Fields =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !(name in attributes(row))));

/** A line of Neo4j's own export: a node or a relationship with its properties. Ties that say nothing by themselves are passed over. */
function neo4jRecords(line: number, row: Fields): ImportedRecord[] {
  const properties = propertiesOf(row);
  const labels = textsAt(row["labels"]);
  if (labels.includes("Episodic")) return episodeRecords(line, properties);
  const whole = known(withAttributes(properties, row["labels"]));
  if (labels.includes("Entity")) return nodeRecords(line, whole);
  if (row["label"] !== "RELATES_TO") return [{ line, skip: true }];
  const [start, end] = [propertiesOf(row["start"]), propertiesOf(row["end"])];
  const names = new Map(
    [start, end].flatMap(({ uuid, name }) =>
      textAt(name) === undefined ? [] : [[idAt(uuid) ?? "", textAt(name) ?? ""] as const],
    ),
  );
  return edgeRecords(
    line,
    { ...whole, source_node_uuid: start["uuid"], target_node_uuid: end["uuid"] },
    names,
  );
}

const isNeo4jRow = (first: Fields): boolean =>
  (first["type"] === "node" &&
    "uuid" in propertiesOf(first) &&
    textsAt(first["labels"]).some((label) => NODE_KINDS.includes(label))) ||
  (first["type"] === "relationship" && EDGE_KINDS.includes(String(first["label"])));

/**
 * Graphiti: its episodes, entity nodes and entity edges in the names of its own models, as its servers answer them. It has no dump of its own, so
 * what Neo4j exports of the database under it (`apoc.export.json`) is read, too.
 */
export const graphiti: Forms = {
  lines: { recognises: isNeo4jRow, read: neo4jRecords },
  json: {
    recognises: (value) =>
      isFields(value) &&
      (listOf(value, EDGES).some((edge) => "source_node_uuid" in edge) ||
        listOf(value, EPISODES).some((one) => "uuid" in one) ||
        listOf(value, NODES).some((node) => "uuid" in node && "labels" in node)),
    read: dumpRecords,
  },
};
