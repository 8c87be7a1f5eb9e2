import type { CallInput } from "@/lib/client/api";

export type ImportFormat = NonNullable<NonNullable<CallInput<"import.create">["query"]>["format"]>;

/** What the programs call what we read, in the order in which people look for them. */
export const importFormats: readonly { readonly value: ImportFormat; readonly label: string }[] = [
  { value: "auto", label: "Recognise it" },
  { value: "ndjson", label: "Lines of JSON" },
  { value: "csv", label: "CSV" },
  { value: "markdown", label: "Markdown notes" },
  { value: "conversation", label: "Conversation" },
  { value: "mem0", label: "mem0" },
  { value: "openmemory", label: "OpenMemory" },
  { value: "cogx", label: "COGX (cognee)" },
  { value: "letta", label: "Letta agent file" },
  { value: "graphiti", label: "Graphiti" },
  { value: "langgraph", label: "LangGraph store" },
  { value: "server-memory", label: "Knowledge-graph server" },
  { value: "doobidoo", label: "mcp-memory-service" },
  { value: "claude-mem", label: "claude-mem" },
];

export const formatLabel = (format: string): string =>
  importFormats.find(({ value }) => value === format)?.label ?? format;
