import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import { Pool } from "pg";

/** Where the models of this checkout are written down. */
export const SCHEMA = fileURLToPath(new URL("../prisma/schema.prisma", import.meta.url));

/** The text of two schema.prisma files; `from` is null for an empty database. */
interface SchemaChange {
  readonly from: string | null;
  readonly to: string;
}

/**
 * The SQL that turns the models of `from` into those of `to`; empty when they agree. It compares texts; the server at
 * `databaseUrl` is only asked for its version. It uses the WebAssembly build of Prisma's schema engine, because the
 * native one is a download that may be out of reach.
 */
export async function schemaSql(databaseUrl: string, { from, to }: SchemaChange): Promise<string> {
  const pool = new Pool({ connectionString: databaseUrl });
  const engine = await openEngine(pool);
  try {
    const { stdout } = await engine.diff({
      from:
        from === null
          ? { tag: "empty" }
          : { tag: "schemaDatamodel", files: [{ path: "from.prisma", content: from }] },
      to: { tag: "schemaDatamodel", files: [{ path: "to.prisma", content: to }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = (stdout ?? "").trim();
    return sql === "-- This is an empty migration." ? "" : sql;
  } finally {
    engine.free();
    await pool.end();
  }
}

async function openEngine(pool: Pool): Promise<SchemaEngine> {
  const binding = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const program = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm")
    .replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(program), {
    "./schema_engine_bg.js": binding,
  });
  binding.__wbg_set_wasm(instance.exports);
  // The generated binding exports its entry point without a type.
  (instance.exports["__wbindgen_start"] as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  return binding.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}
