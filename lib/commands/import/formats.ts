import { claudeMem } from "./readers/claude-mem";
import { cogx } from "./readers/cogx";
import { conversation } from "./readers/conversation";
import { csv } from "./readers/csv";
import { doobidoo } from "./readers/doobidoo";
import { graphiti } from "./readers/graphiti";
import { langGraph } from "./readers/langgraph";
import { letta } from "./readers/letta";
import { markdown } from "./readers/markdown";
import { mem0 } from "./readers/mem0";
import { openMemory } from "./readers/openmemory";
import { own } from "./readers/own";
import { serverMemory } from "./readers/server-memory";
import type { Forms } from "./reader";
import type { IMPORT_FORMATS } from "@/lib/contracts/transfer";

export type ImportFormat = Exclude<(typeof IMPORT_FORMATS)[number], "auto">;

/**
 * Every format that is read, the most particular first: the first that recognises a file reads it. What several programs
 * write alike (a list of objects with a text) comes last.
 */
export const FORMATS = {
  "server-memory": serverMemory,
  letta,
  cogx,
  openmemory: openMemory,
  doobidoo,
  "claude-mem": claudeMem,
  graphiti,
  langgraph: langGraph,
  conversation,
  mem0,
  ndjson: own,
  markdown,
  csv,
} as const satisfies Readonly<Record<ImportFormat, Forms>>;

// Keys of a const object are its names, in the order in which they are written.
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly ImportFormat[];
