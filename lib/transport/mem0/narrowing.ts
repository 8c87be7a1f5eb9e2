import { filterFrom, namesAnOwner } from "./filters";
import { requireOwner, type Mem0Call } from "./call";
import type { JsonObject } from "./memory";
import type { Mem0List, Mem0Search } from "@/lib/contracts/mem0";
import type { Json } from "@/lib/domain/memory/memory";

type Narrowing = Pick<
  Mem0Search & Mem0List,
  "user_id" | "agent_id" | "app_id" | "run_id" | "filters" | "metadata" | "categories"
>;

/** Version 1 named owners beside the filters, later ones name them inside. */
export function filtersOf({ user_id, agent_id, app_id, run_id, filters }: Narrowing): JsonObject {
  const owners = Object.entries({ user_id, agent_id, app_id, run_id }).flatMap(([name, value]) =>
    value ? [{ [name]: value }] : [],
  );
  const all: JsonObject = { AND: [...owners, ...(filters ? [filters] : [])] };
  requireOwner(namesAnOwner(all));
  return all;
}

export function whereOf(
  filters: JsonObject,
  { metadata, categories }: Pick<Narrowing, "metadata" | "categories">,
): JsonObject {
  const more: Json[] = [
    ...(metadata ? [{ metadata }] : []),
    ...(categories ? [{ categories: { in: categories } }] : []),
  ];
  return filterFrom({ AND: [filters, ...more] });
}

/** Version 1 of the service answered with bare lists unless told otherwise. */
export const isOldList = ({ path }: Mem0Call, format: string | null | undefined): boolean =>
  !path.startsWith("/v3/") && format !== "v1.1";
