import { CONSTANTS } from "@/lib/domain/parameters";
import { constantSql } from "@/lib/store/sql";
import { iso } from "./memory-out";
import { millis, type Millis } from "@/lib/domain/ids";
import { seqsAt } from "./seq-at";
import type { ChangeFilter } from "./change-filter";
import type { Tx } from "@/lib/store/prisma";

interface Counts {
  readonly count: number;
  readonly reverts: number;
  readonly merges: number;
  readonly tunes: number;
  readonly cycles: number;
}

export interface Bucket extends Counts {
  readonly at: string;
}

const MILLIS_PER_HOUR = 3_600_000;
/** Up to three days are shown by the hour, longer stretches by the day. */
const LONGEST_BY_HOUR = 3 * CONSTANTS.millisPerDay;
/** About ten years by the day. */
const MOST_BUCKETS = 4000;

/** How many changes a filter finds per hour or day of its stretch, and how many of them are of the rare kinds that explain a turn; empty ones are left out. */
export async function density(tx: Tx, filter: ChangeFilter): Promise<Bucket[]> {
  const ends = await stretch(tx, filter);
  if (ends === null) return [];
  const width = ends.last - ends.first <= LONGEST_BY_HOUR ? MILLIS_PER_HOUR : CONSTANTS.millisPerDay;
  const starts: Millis[] = [];
  for (
    let at = Math.floor(ends.first / width) * width;
    at <= ends.last && starts.length < MOST_BUCKETS;
    at += width
  )
    starts.push(millis(at));
  const counts = filter.isPlain
    ? await countedBySeq(tx, filter, starts)
    : await countedByRow(tx, filter, width);
  return starts.flatMap((at) => {
    const found = counts.get(at);
    return found === undefined || found.count === 0 ? [] : [{ at: iso(at), ...found }];
  });
}

async function stretch(tx: Tx, { from, to }: ChangeFilter): Promise<{ first: Millis; last: Millis } | null> {
  const rows = await tx.$queryRaw<{ at: Date }[]>`
    SELECT "at" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "seq" IN (${from + 1}, ${to}) ORDER BY "seq"`;
  const [first, last = first] = rows.map((row) => millis(row.at.getTime()));
  return first === undefined || last === undefined || from >= to ? null : { first, last };
}

type Counted = Map<number, Counts>;

interface RareRow {
  readonly seq: bigint;
  readonly kind: keyof typeof RARE_KINDS;
}

const RARE_KINDS = { revert: "reverts", merge: "merges", tune: "tunes", cycle: "cycles" } as const;
const NONE = { reverts: 0, merges: 0, tunes: 0, cycles: 0 } as const;

/** Seqs have no gaps, so where the buckets begin tells how many changes are in each; only the rare kinds are read, by their index. */
async function countedBySeq(tx: Tx, filter: ChangeFilter, starts: readonly Millis[]): Promise<Counted> {
  const lengths = await seqsAt(
    tx,
    starts.map((at) => millis(at - 1)),
  );
  const within = (seq: number) => Math.min(Math.max(seq, filter.from), filter.to);
  const rare = await tx.$queryRaw<RareRow[]>`
    SELECT c."seq", c."op" AS "kind" FROM "Change" c WHERE ${filter.on("c")} AND c."op" IN ('revert', 'merge', 'tune')
    UNION ALL
    SELECT min(c."seq"), 'cycle' FROM "Change" c WHERE ${filter.on("c")} AND c."cycleId" IS NOT NULL GROUP BY c."cycleId"
    ORDER BY 1`;
  let next = 0;
  return new Map(
    starts.map((at, i) => {
      const begin = within(lengths[i] ?? filter.from);
      const end = within(lengths[i + 1] ?? filter.to);
      const counts: { -readonly [Kind in keyof Counts]: number } = { count: end - begin, ...NONE };
      for (let row = rare[next]; row !== undefined && Number(row.seq) <= end; row = rare[(next += 1)])
        counts[RARE_KINDS[row.kind]] += 1;
      return [at, counts];
    }),
  );
}

async function countedByRow(tx: Tx, filter: ChangeFilter, width: number): Promise<Counted> {
  const seconds = constantSql(String(width / 1000));
  const rows = await tx.$queryRaw<({ bucket: bigint } & Record<keyof Counts, bigint>)[]>`
    SELECT floor(extract(epoch FROM c."at") / ${seconds})::bigint AS "bucket", count(*) AS "count", count(c."reverts") AS "reverts",
      count(*) FILTER (WHERE c."op" = 'merge') AS "merges", count(*) FILTER (WHERE c."op" = 'tune') AS "tunes", count(DISTINCT c."cycleId") AS "cycles"
    FROM "Change" c WHERE ${filter.on("c")} GROUP BY 1`;
  return new Map(
    rows.map(({ bucket, count, reverts, merges, tunes, cycles }) => [
      Number(bucket) * width,
      {
        count: Number(count),
        reverts: Number(reverts),
        merges: Number(merges),
        tunes: Number(tunes),
        cycles: Number(cycles),
      },
    ]),
  );
}
