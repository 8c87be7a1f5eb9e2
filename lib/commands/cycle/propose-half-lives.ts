import { CONSTANTS, PARAMETERS } from "@/lib/domain/parameters";
import { dayOf } from "@/lib/domain/registers/evidence";
import { groupBy } from "@/lib/domain/group-by";
import { KINDS, type Kind } from "@/lib/domain/memory/memory";
import { learnHalfLife, type Observed } from "@/lib/domain/cycle/half-life";
import { millis } from "@/lib/domain/ids";
import { seeded } from "@/lib/domain/learning/explore";
import { tuningDraft } from "./tuning-draft";
import type { Proposer, ProposerView } from "./proposer";
import type { Weight } from "@/lib/domain/ledger/change";

/** Observations that are read, the newest. */
const MOST = 20_000;

/** How fast evidence fades, by what old evidence foretold of newer outcomes. */
export const proposeHalfLives: Proposer = async (view) => {
  const { parameters } = view;
  const byKind = groupBy(await observed(view), (row) => row.kind);
  return KINDS.flatMap((kind) => {
    const name = `time.halfLife.${kind}` as const;
    const { min, max } = PARAMETERS[name];
    const found = learnHalfLife(histories(byKind.get(kind) ?? []), {
      days: parameters[name],
      factor: parameters["cycle.bound.halfLife"],
      min,
      max,
      fewest: parameters["cycle.decisions.fewest"],
      prior: { alpha: parameters["learning.prior.alpha"], beta: parameters["learning.prior.beta"] },
    });
    return found === null
      ? []
      : [
          tuningDraft({
            kind: "halfLife",
            values: [{ name, before: parameters[name], value: found.days }],
            gate: found.gate,
            title: `Let evidence about a memory of the kind ${kind} fade in ${found.days.toFixed(0)} days instead of ${parameters[name].toFixed(0)}`,
            why: "Newer outcomes were foretold better by older ones that fade so fast.",
          }),
        ];
  });
};

interface Row {
  readonly targetId: string;
  readonly kind: Kind;
  readonly at: bigint;
  readonly weight: Weight;
}

const histories = (rows: readonly Row[]): Observed[] =>
  [...groupBy(rows, (row) => row.targetId)].map(([id, of]) => ({
    heldOut: seeded(id) < CONSTANTS.middle,
    observations: of
      .map(({ at, weight }) => ({ day: dayOf(millis(Number(at))), weight }))
      .sort((a, b) => a.day - b.day),
  }));

/** Live observations of memories that have at least two of them. */
const observed = ({ tx }: ProposerView): Promise<Row[]> => tx.$queryRaw<Row[]>`
  SELECT c."targetId", m."kind", (c."payload"->>'at')::bigint AS "at", c."payload"->'weight' AS "weight" FROM "Change" c
  JOIN "Memory" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."targetId" AND m."exists"
  WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."op" = 'observe' AND c."targetType" = 'memory'
    AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')
  ORDER BY c."seq" DESC LIMIT ${MOST}`;
