import { anomalies } from "./anomalies";
import { cyclesThatNeedYou } from "./cycles-waiting";
import { parametersIn } from "./parameters";
import { suspects } from "./safety";
import type { InputOf } from "./asker";
import type { Millis } from "@/lib/domain/ids";
import type { needsYou as shape } from "@/lib/contracts/metrics";
import type { Tx } from "@/lib/store/prisma";

export type NeedsYou = InputOf<typeof shape>;

/** Believed less than this, and shown at least this often: the memories whose mending helps most. */
const LOW_CONFIDENCE = 0.4;
const OFTEN = 5;

/** What waits for a person, most pressing first; what nobody has to look at is left out. */
export async function needsYou(
  tx: Tx,
  {
    quarantined,
    now,
    embedding,
  }: { readonly quarantined: number; readonly now: Millis; readonly embedding: number },
): Promise<NeedsYou[]> {
  const [counts] = await tx.$queryRaw<Counts[]>`
    SELECT
      (SELECT count(*) FROM "Memory" m CROSS JOIN LATERAL unnest(m."contestedWith") AS rival("id")
        JOIN "Memory" o ON o."workspaceId" = m."workspaceId" AND o."id" = rival."id" AND o."exists" AND NOT o."erased" AND o."lifecycle" = 'active' AND o."mergedInto" IS NULL
        WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."contestedWith" <> '{}' AND m."exists" AND m."lifecycle" = 'active' AND m."mergedInto" IS NULL) AS "contested",
      (SELECT count(*) FROM "ChangeStatus" s
        WHERE s."workspaceId" = current_setting('app.workspace')::uuid AND s."unsupported" AND s."state" = 'live') AS "unsupported",
      (SELECT count(*) FROM "MemoryUse" u JOIN "Memory" m ON m."workspaceId" = u."workspaceId" AND m."id" = u."memoryId"
        WHERE u."workspaceId" = current_setting('app.workspace')::uuid AND u."uses" >= ${OFTEN} AND m."exists" AND NOT m."erased" AND m."mergedInto" IS NULL
          AND m."lifecycle" = 'active' AND m."confidence" < ${LOW_CONFIDENCE}::float8) AS "lowConfidenceOftenUsed"`;
  const outdated = await outdatedMemories(tx);
  const parameters = await parametersIn(tx);
  const harmful = (await suspects(tx, parameters)).map((s) => s.memoryId);
  const strange = await anomalies(tx, now, parameters);
  const cycles = await cyclesThatNeedYou(tx, now);
  const count = (kind: keyof typeof TEXTS): number => {
    if (kind === "cycleWaiting") return cycles.waiting;
    if (kind === "cycleFailed") return cycles.failed;
    if (kind === "outdated") return outdated.length;
    if (kind === "harmful") return harmful.length;
    if (kind === "anomaly") return strange.length;
    if (kind === "embedding") return embedding;
    return kind === "quarantined" ? quarantined : Number(counts?.[kind] ?? 0);
  };
  // The keys of TEXTS are kinds.
  const kinds = Object.keys(TEXTS) as (keyof typeof TEXTS)[];
  const found = kinds.map((kind) => {
    const { title, detail, href } = TEXTS[kind];
    const named = kind === "outdated" ? outdated : kind === "harmful" ? harmful : [];
    const [only] = named.length === 1 ? named : [];
    return {
      kind,
      title: title(count(kind)),
      detail,
      href: only === undefined ? href : `/memories/${only}`,
      count: count(kind),
    };
  });
  return found.filter((item) => item.count > 0);
}

type Counts = Readonly<Record<"contested" | "unsupported" | "lowConfidenceOftenUsed", bigint>>;

/**
 * Memories of which somebody said that they are out of date, and which nothing has taken the place of; a verdict whose
 * observation was taken back says nothing any more.
 */
async function outdatedMemories(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT m."id"::text AS "id" FROM "Signal" g CROSS JOIN LATERAL jsonb_array_elements(g."raw"->'memories') AS said
    JOIN "Memory" m ON m."workspaceId" = g."workspaceId" AND m."id"::text = said->>'memoryId'
    WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."raw" @> '{"memories":[{"verdict":"outdated"}]}' AND said->>'verdict' = 'outdated'
      AND m."exists" AND NOT m."erased" AND m."lifecycle" = 'active' AND m."mergedInto" IS NULL AND m."supersededBy" IS NULL
      AND EXISTS (
        SELECT 1 FROM "Change" c WHERE c."workspaceId" = g."workspaceId" AND c."groupId" = g."groupId" AND c."targetId" = m."id" AND c."op" = 'observe'
          AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live'))
    ORDER BY 1`;
  return rows.map((row) => row.id);
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const TEXTS = {
  cycleFailed: {
    title: (n: number) => counted(n, "improvement cycle failed", "improvement cycles failed in a row"),
    detail: "Nothing of it was applied. Look at the stage that failed.",
    href: "/cycles?state=failed",
  },
  cycleWaiting: {
    title: (n: number) => counted(n, "proposal waits for your review", "proposals wait for your review"),
    detail:
      "Improvement cycles found them and are not sure enough to go without you. What nobody decides expires.",
    href: "/cycles?state=waiting",
  },
  anomaly: {
    title: (n: number) => counted(n, "sign of an attack", "signs of an attack"),
    detail: "One source or memory pushes itself forward. Look before you trust what recalls show.",
    href: "/learning#safety",
  },
  harmful: {
    title: (n: number) => counted(n, "memory does harm", "memories do harm"),
    detail: "Answers that used them failed too often to be chance. Quarantine them, or let them stand.",
    href: "/learning#safety",
  },
  contested: {
    title: (n: number) => counted(n, "contradiction is open", "contradictions are open"),
    detail: "Two memories say different things, and neither has taken the other's place.",
    href: "/memories?q=is%3Acontested",
  },
  unsupported: {
    title: (n: number) => counted(n, "decision lost its support", "decisions lost their support"),
    detail:
      "Evidence they rested on was taken back. They are still in force; take them back too, or let them stand.",
    href: "/timeline?status=unsupported",
  },
  outdated: {
    title: (n: number) => counted(n, "memory was judged outdated", "memories were judged outdated"),
    detail: "Somebody said so, but nothing newer has taken their place yet.",
    href: "/memories?q=conf%3C0.5&sort=updated",
  },
  lowConfidenceOftenUsed: {
    title: (n: number) => counted(n, "doubtful memory is used often", "doubtful memories are used often"),
    detail: `Believed less than ${LOW_CONFIDENCE} and shown ${OFTEN} times or more: mending these helps most.`,
    href: `/memories?q=conf%3C${LOW_CONFIDENCE}%20uses%3E%3D${OFTEN}&sort=confidence`,
  },
  quarantined: {
    title: (n: number) => counted(n, "memory is in quarantine", "memories are in quarantine"),
    detail: "They are in no recall until somebody releases or deletes them.",
    href: "/memories?q=is%3Aquarantined",
  },
  embedding: {
    title: (n: number) => counted(n, "text waits for its vector", "texts wait for their vectors"),
    detail:
      "Until they have them, recalls find these by their words alone, or by the model that was in use before.",
    href: "/settings?tab=data",
  },
} as const;
