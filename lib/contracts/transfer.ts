import { z } from "zod";
import { id } from "./common";
import { flagInQuery, timeOut } from "./common";
import { kind, lifecycle } from "./memory";

export const IMPORT_FORMATS = [
  "auto",
  "ndjson",
  "conversation",
  "mem0",
  "openmemory",
  "cogx",
  "server-memory",
  "letta",
  "graphiti",
  "langgraph",
  "doobidoo",
  "claude-mem",
  "markdown",
  "csv",
] as const;
export const EXPORT_FORMATS = ["ndjson", "cogx", "markdown", "csv", "pairs"] as const;

export const importQuery = z.strictObject({
  format: z.enum(IMPORT_FORMATS).optional().describe("default: auto, by what the file holds"),
  name: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      "the file's name or another label; what is imported carries it, and a repeated import is known by it",
    ),
  mode: z
    .enum(["add", "restore"])
    .optional()
    .describe("restore: own NDJSON into an empty workspace, the ledger verbatim"),
  onError: z
    .enum(["none", "keep"])
    .optional()
    .describe("when a line is bad: keep nothing (default), or what came before it"),
  dryRun: flagInQuery.optional(),
});
export const imported = z.object({
  dryRun: z.boolean(),
  format: z.string(),
  lines: z.number().int(),
  created: z.number().int(),
  duplicates: z.number().int(),
  skipped: z.number().int(),
  moved: z.number().int().describe("changes of lifecycle that came with the memories, such as an archive"),
  groupId: id.nullable().describe("revert it to take the whole import back"),
  error: z.object({ line: z.number().int(), message: z.string() }).nullable(),
  unknownFields: z.array(z.string()).describe("kept in metadata"),
  notes: z.array(z.string()).describe("what of the file was left out, and why"),
  preview: z
    .array(
      z.object({
        content: z.string(),
        kind,
        tags: z.array(z.string()),
        validAt: z.string().nullable(),
        lifecycle,
      }),
    )
    .describe("the first memories, as they are or would be"),
  head: z.object({ seq: z.number().int(), digest: z.string() }),
});
export const exportQuery = z.strictObject({
  format: z
    .enum(EXPORT_FORMATS)
    .optional()
    .describe(
      "default: ndjson, the whole ledger; cogx: an archive for other memories; markdown: an Obsidian vault; csv: a table; pairs: what outcomes taught, for training",
    ),
});

const backup = z.object({
  name: z.string(),
  createdAt: timeOut,
  bytes: z.number().int(),
  scheduled: z.boolean().describe("made by the timer, which also removes the oldest of its own"),
});
export const listedBackups = z.object({
  items: z.array(backup),
  folder: z.string().describe("where they are, on the server"),
  schedule: z.object({
    intervalHours: z.number().describe("parameter backup.intervalHours; 0: none are made"),
    keep: z.number().describe("parameter backup.keep"),
  }),
});
export const createdBackup = z.object({
  backup,
  workspaces: z.number().int(),
  changes: z.number().int().describe("in all ledgers together, each followed to its head"),
});

export const verified = z.object({
  ok: z.boolean(),
  head: z.object({ seq: z.number().int(), digest: z.string() }),
  chain: z.object({ ok: z.boolean(), checked: z.number().int(), firstBad: z.number().int().nullable() }),
  fold: z.object({ ok: z.boolean(), digest: z.string(), targets: z.number().int() }),
  projection: z.object({
    ok: z.boolean(),
    mismatches: z.array(z.object({ target: z.string(), register: z.string() })),
  }),
});

export const health = z.object({
  status: z.enum(["ok", "starting", "failing"]),
  version: z.string(),
  database: z.enum(["ok", "failing"]),
  ledger: z.object({ head: z.number().int() }).nullable(),
  projection: z.object({ head: z.number().int() }).nullable(),
});
