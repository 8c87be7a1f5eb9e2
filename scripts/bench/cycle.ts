import { monitorEventLoopDelay } from "node:perf_hooks";

import type { Row } from "./report";
import { openWorkspace, remember, settle } from "./store";
import { storeVectors, synthetic } from "./synthetic";

import type { Context } from "@/lib/commands/context";
import { startCycle } from "@/lib/commands/cycle/start-cycle";
import { recordSignal } from "@/lib/commands/record-signal";
import { liveIndex } from "@/lib/search/live-index";
import { getCycle } from "@/lib/queries/cycles";
import { recall } from "@/lib/queries/recall";
import { revert } from "@/lib/commands/revert";

interface Given {
  readonly dataFolder: string;
  readonly sizes: readonly number[];
  readonly url: string;
}

const ASKED = 60;
const NANOS_PER_MS = 1e6;
/** One memory in so many is said again in nearly the same words. */
const REPEATED = 50;

/** How long a whole cycle takes in a store of each size, what it finds, how long it keeps the server from answering, and how it grows. */
export async function cycle({ dataFolder, sizes, url }: Given): Promise<Row[]> {
  const rows: Row[] = [];
  const took: number[] = [];
  for (const size of sizes) {
    const ctx = await filled(dataFolder, size, url);
    const delays = monitorEventLoopDelay({ resolution: 10 });
    delays.enable();
    const started = await startCycle(ctx, { trigger: "key", actor: ctx.actor });
    if (started === null) throw new Error("Another cycle is under way.");
    await started.done;
    delays.disable();
    const { cycle: done } = await getCycle(ctx, { id: started.id });
    const seconds = done.cost.milliseconds / 1000;
    took.push(seconds);
    const changed = done.stages.find((s) => s.stage === "apply")?.counts["changes"] ?? 0;
    const at = `${size} memories [command]`;
    rows.push(
      row(
        `whole cycle, ${at}`,
        [seconds, "s"],
        `${done.state}; ${done.proposals.length} proposals, ${changed} changes; ${slowest(done.stages)}; ${slowestProposers(done.stages)}`,
      ),
      row(`whole cycle per memory, ${at}`, [(done.cost.milliseconds / size) * 1000, "µs"]),
      row(
        `processor time of a whole cycle, ${at}`,
        [done.cost.cpuMilliseconds / 1000, "s"],
        "of all of the process; on a busy machine the fairer figure",
      ),
      row(`longest time without an answer during a cycle, ${at}`, [delays.max / NANOS_PER_MS, "ms"]),
    );
    if (changed > 0) {
      const from = performance.now();
      await revert(ctx, { cycleId: done.id });
      rows.push(
        row(`revert of the whole cycle, ${at}`, [performance.now() - from, "ms"], `${changed} changes`),
      );
    }
    // The index follows by itself; it has to be done before its connections are taken away.
    await liveIndex(ctx.workspaceId);
  }
  const [first, last] = [sizes[0] ?? 1, sizes.at(-1) ?? 1];
  if (sizes.length > 1) {
    const growth = Math.log((took.at(-1) ?? 1) / (took[0] ?? 1)) / Math.log(last / first);
    rows.push(
      row(
        `growth of a cycle from ${first} to ${last} memories: duration ∝ sizeᵏ`,
        [growth, "k"],
        "1 is in proportion, 2 would be every pair",
      ),
    );
  }
  return rows;
}

/** A store at rest with recalls, outcomes, and memories that were said twice. */
async function filled(dataFolder: string, size: number, url: string): Promise<Context> {
  const given = await synthetic(dataFolder, size);
  const inputs = given.inputs.map((input, i) => {
    const earlier = given.inputs[i - REPEATED + 1];
    return i % REPEATED === REPEATED - 1 && earlier
      ? {
          ...input,
          content: `${earlier.content} Indeed.`,
          scope: earlier.scope ?? {},
          source: earlier.source,
        }
      : input;
  });
  const { ctx } = await openWorkspace(`cycle ${size}`);
  await storeVectors(
    url,
    ctx,
    inputs.map((input) => input.content),
  );
  await remember(
    ctx,
    inputs.map(({ source, ...input }) => (source === undefined ? input : { ...input, source })),
  );
  await settle(ctx);
  for (const query of given.questions.slice(0, ASKED)) {
    const { retrievalId, results } = await recall(ctx, { query });
    const used = results.slice(0, 2).map((r) => r.memory.id);
    await recordSignal(ctx, { retrievalId: retrievalId ?? "", outcome: 1, used });
  }
  await liveIndex(ctx.workspaceId);
  return ctx;
}

function slowest(stages: readonly { readonly stage: string; readonly tookMs: number | null }[]): string {
  return stages
    .flatMap((s) => (s.tookMs === null ? [] : [`${s.stage} ${(s.tookMs / 1000).toFixed(1)} s`]))
    .join(", ");
}

/** The proposers that took longest. */
function slowestProposers(
  stages: readonly { readonly stage: string; readonly counts: Readonly<Record<string, number>> }[],
): string {
  const took = Object.entries(stages.find((s) => s.stage === "propose")?.counts ?? {}).filter(([name]) =>
    name.endsWith(", ms"),
  );
  return took
    .sort((a, b) => b[1] - a[1])
    .slice(0, 2)
    .map(([name, ms]) => `${name.replace(", ms", "")} ${(ms / 1000).toFixed(1)} s`)
    .join(", ");
}

const row = (what: string, [figure, unit]: readonly [number, string], baseline?: string): Row => ({
  section: "cycle",
  what,
  figure,
  unit,
  ...(baseline === undefined ? {} : { baseline }),
});
