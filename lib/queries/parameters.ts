import { inWorkspace, type Tx } from "@/lib/store/prisma";
import {
  PARAMETER_NAMES,
  PARAMETERS,
  parametersFrom,
  type ParameterName,
  type Parameters,
} from "@/lib/domain/parameters";
import type { Actor } from "@/lib/domain/ledger/change";
import type { LastWrite } from "@/lib/domain/registers/last-write";
import type { WorkspaceId } from "@/lib/domain/ids";

interface TunedRow {
  readonly name: string;
  readonly value: unknown;
  readonly seq: number;
  readonly at: Date;
  readonly actor: Actor;
}

/** Tunables with the value in force and who set it; all of them, in the order of the table, or the named ones. */
export async function parametersOut(tx: Tx, names: readonly ParameterName[] = PARAMETER_NAMES) {
  const rows = await tx.$queryRaw<TunedRow[]>`
    SELECT p.key AS "name", p.value->'value' AS "value", (p.value->>'seq')::int AS "seq", c."at", c."actor"
    FROM "WorkspaceState" s CROSS JOIN LATERAL jsonb_each(s."registers"->'parameters') p
    LEFT JOIN LATERAL (SELECT x."at", x."actor" FROM "Change" x WHERE x."workspaceId" = s."workspaceId" AND x."seq" = (p.value->>'seq')::bigint LIMIT 1) c ON true
    WHERE s."workspaceId" = current_setting('app.workspace')::uuid`;
  const tuned = new Map(rows.map((row) => [row.name, row]));
  return names.map((name) => {
    const row = tuned.get(name);
    return {
      name,
      ...PARAMETERS[name],
      value: typeof row?.value === "number" ? row.value : PARAMETERS[name].default,
      seq: row?.seq ?? 0,
      changedAt: row?.at.toISOString() ?? null,
      changedBy: row?.actor ?? null,
    };
  });
}

/** The values in force, as the domain reads them. */
export async function parametersIn(tx: Tx): Promise<Parameters> {
  const [row] = await tx.$queryRaw<
    { parameters: Record<string, LastWrite<number | string | boolean>> | null }[]
  >`
    SELECT "registers"->'parameters' AS "parameters" FROM "WorkspaceState" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  return parametersFrom(
    new Map(Object.entries(row?.parameters ?? {}).map(([name, write]) => [name, write.value])),
  );
}

export const listParameters = (ctx: { readonly workspaceId: WorkspaceId }) =>
  inWorkspace(ctx.workspaceId, async (tx) => ({ items: await parametersOut(tx) }));
