/** `npm run demo`: loads the sample notes into the first workspace and walks the loop once, on real data, telling what it does. */
import { createReadStream } from "node:fs";
import { allEmbedded } from "@/lib/search/live-index";
import { ensureFirstWorkspace } from "@/lib/commands/bootstrap";
import { importMemories } from "@/lib/commands/import/import-memories";
import { recall } from "@/lib/queries/recall";
import { recordSignal } from "@/lib/commands/record-signal";
import { refreshGrownEpoch } from "@/lib/commands/refresh-epoch";
import { revert } from "@/lib/commands/revert";
import { SCOPES } from "@/lib/domain/access";
import { millis } from "@/lib/domain/ids";
import { verify } from "@/lib/queries/verify";
import { withDatabase } from "./with-database";
import type { Context } from "@/lib/commands/context";

const SAMPLE = "public/sample/notes.ndjson";
const QUESTION = "What should I keep out of Noor's food?";

await withDatabase(demonstrate);
// The embedding thread would keep the process alive; everything is written.
process.exit();

async function demonstrate(): Promise<void> {
  const ctx = await owner();
  const loaded = await importMemories(
    ctx,
    { format: "ndjson", mode: "add", onError: "none", dryRun: false, name: "sample" },
    createReadStream(SAMPLE),
  );
  console.log(
    `Remembered ${loaded.created} notes (${loaded.duplicates} were known already), as one group that one revert takes back.`,
  );
  await refreshGrownEpoch(ctx.workspaceId);
  await allEmbedded(ctx.workspaceId);

  const first = await recall(ctx, { query: QUESTION, limit: 5 });
  show(`\nAsked: ${QUESTION}`, first);
  const favourite = first.results.find(({ memory }) => memory.content?.includes("hazelnuts"))?.memory;
  if (favourite === undefined || first.retrievalId === null) return;
  const signal = await recordSignal(ctx, {
    retrievalId: first.retrievalId,
    memories: [{ memoryId: favourite.id, verdict: "helpful" }],
    reason: "demo: this is what helped",
  });
  const [credit] = signal.credited;
  console.log(`\nJudged helpful: “${favourite.content}”`);
  console.log(
    `Its confidence went from ${credit?.before.toFixed(3)} to ${credit?.after.toFixed(3)}, its rank from ${credit?.rankBefore} to ${credit?.rankAfter}.`,
  );
  show("\nAsked again:", await recall(ctx, { query: QUESTION, limit: 5 }));

  const back = await revert(ctx, {
    changeIds: signal.changes.map((c) => c.id),
    reason: "demo: take one step back",
  });
  console.log(`\nTook that one step back: ${back.effectCount} register moved, nothing else.`);
  show("Asked a third time:", await recall(ctx, { query: QUESTION, limit: 5 }));
  const checked = await verify(ctx);
  console.log(
    `\nChain, fold and projection ${checked.ok ? "agree" : "DISAGREE"} over ${checked.chain.checked} changes.`,
  );
}

function show(title: string, { results }: Awaited<ReturnType<typeof recall>>): void {
  console.log(title);
  for (const { rank, score, memory } of results)
    console.log(`  ${rank}. ${score.toFixed(3)}  ${memory.content}`);
}

async function owner(): Promise<Context> {
  return {
    workspaceId: await ensureFirstWorkspace(),
    actor: "person:owner",
    scopes: SCOPES,
    trust: "owner",
    source: "owner:person/owner",
    channel: "demo",
    installation: true,
    now: () => millis(Date.now()),
    idempotency: null,
  };
}
