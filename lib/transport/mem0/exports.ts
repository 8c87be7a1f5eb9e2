import * as shapes from "@/lib/contracts/mem0";
import { allOf, cursorQuery, ours, read, requireOwner, type Mem0Answer, type Mem0Call } from "./call";
import { filterFrom, namesAnOwner } from "./filters";
import { Refusal } from "@/lib/domain/errors";
import { toMem0, type JsonObject } from "./memory";

/**
 * An export is nothing but its filters: they are its id, and it is made when it is fetched. So nothing is kept, nothing
 * expires, and whoever fetches it sees what the own key may see.
 */
export async function createExport(call: Mem0Call): Promise<Mem0Answer> {
  const { filters, schema } = read(shapes.createExport, call.body);
  requireOwner(namesAnOwner(filters ?? {}));
  filterFrom(filters ?? {});
  const id = Buffer.from(JSON.stringify({ filters, schema })).toString("base64url");
  return { status: 201, body: { message: "The export is ready", id } };
}

export async function getExport(call: Mem0Call): Promise<Mem0Answer> {
  const input = read(shapes.getExport, call.body);
  const { filters } = input.memory_export_id ? decoded(input.memory_export_id) : input;
  requireOwner(namesAnOwner(filters ?? {}));
  const filter = JSON.stringify(filterFrom(filters ?? {}));
  const memories = await allOf((cursor) =>
    ours(call, "memories.list", { query: { filter, limit: "200", sort: "oldest", ...cursorQuery(cursor) } }),
  );
  return { body: { memories: memories.map(toMem0), count: memories.length, schema_applied: false } };
}

function decoded(id: string): { readonly filters?: JsonObject | null | undefined } {
  try {
    return read(shapes.createExport, JSON.parse(Buffer.from(id, "base64url").toString()));
  } catch {
    throw new Refusal("not_found", "No memory export request found", {
      fields: [{ path: "memory_export_id", message: "give the id that creating the export answered with" }],
    });
  }
}
