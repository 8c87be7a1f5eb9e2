/**
 * `npm run lighthouse`: what Lighthouse says of every page of the built server, with the sample data in a database of its own.
 * `--only memories,timeline` looks at these alone. Ends with an error when a page stays below what we promise.
 */
import { createReadStream, existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";

import { BUILD } from "./bench/rest";
import { openWorkspace, withDatabase } from "./bench/store";
import { CHROMIUM } from "./chromium";
import { furnishPages } from "./furnish-pages";
import { pagesOf } from "./page-list";
import { WebServer } from "./web-server";

import type { Context } from "@/lib/commands/context";
import { createMemories } from "@/lib/commands/create-memory";
import { startCycle } from "@/lib/commands/cycle/start-cycle";
import { importMemories } from "@/lib/commands/import/import-memories";
import { env } from "@/lib/env";
import { liveIndex } from "@/lib/search/live-index";
import { allRead } from "@/lib/search/follow-graph";
import { disconnect } from "@/lib/store/prisma";

const SAMPLE = "public/sample/notes.ndjson";
const QUESTIONS = [
  "What should I know before I bake a cake for Noor?",
  "Where are the servers?",
  "When are releases allowed?",
  "How does Noor drink coffee?",
];
/** Said twice in nearly the same words, so that a cycle has something to propose. */
const SAID_TWICE = [
  "The design review happens on Monday morning",
  "The design review takes place on Monday morning",
  "The invoice template lives in the finance folder",
  "The invoice template is in the finance folder",
];
/** What every page has to reach. */
const LEAST = { accessibility: 1, "best-practices": 0.96 } as const;
const WIDTH = 22;
/** Of one fault. */
const MOST_ELEMENTS = 5;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    port: { type: "string", default: "4970" },
    debug: { type: "string", default: "4971" },
  },
});

interface Looked {
  readonly scores: Readonly<Record<keyof typeof LEAST, number>>;
  /** What keeps the page from the full score. */
  readonly faults: readonly string[];
}

try {
  if (!existsSync(BUILD)) throw new Error("The pages are looked at as they are built: npm run build first.");
  process.exitCode = await withDatabase(lookAtAll);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
// The embedding thread would keep the process alive.
process.exit();

/** The exit code: 1 when a page stays below. */
async function lookAtAll(): Promise<number> {
  const { ctx, secret } = await openWorkspace("Lighthouse");
  const addresses = await furnished(ctx);
  await disconnect();
  process.env["PALIMPSEST_CYCLE"] = "off";
  const server = new WebServer({ dev: false, host: env.host, port: Number(values.port) });
  const profile = await mkdtemp(path.join(tmpdir(), "palimpsest-lighthouse-"));
  try {
    await server.ready();
    const browser = await chromium.launchPersistentContext(profile, {
      ...CHROMIUM,
      args: [...CHROMIUM.args, `--remote-debugging-port=${values.debug}`],
    });
    try {
      const session = await browser.request.post(`${server.address}/api/session`, {
        headers: { origin: server.address },
        data: { key: secret },
      });
      if (!session.ok()) throw new Error(`Not signed in: ${session.status()} ${await session.text()}`);
      return await tell(addresses, server.address);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    await rm(profile, { recursive: true, force: true });
  }
}

async function furnished(ctx: Context): Promise<Readonly<Record<string, string>>> {
  await importMemories(
    ctx,
    { format: "ndjson", mode: "add", onError: "none", dryRun: false, name: "sample" },
    createReadStream(SAMPLE),
  );
  await createMemories(
    ctx,
    SAID_TWICE.map((content) => ({ content })),
  );
  const subjects = await furnishPages(ctx, QUESTIONS);
  const cycle = await startCycle(ctx, { trigger: "key", actor: ctx.actor });
  await cycle?.done;
  await allRead((await liveIndex(ctx.workspaceId)).index);
  const all = pagesOf({ ...subjects, cycle: cycle?.id ?? "none" });
  const wanted = values.only?.split(",");
  return Object.fromEntries(
    Object.entries({ ...all, login: "/login" }).filter(([name]) => wanted?.includes(name) ?? true),
  );
}

async function tell(addresses: Readonly<Record<string, string>>, origin: string): Promise<number> {
  let below = 0;
  console.log(`${"page".padEnd(WIDTH)}accessibility  best practices`);
  for (const [name, address] of Object.entries(addresses)) {
    const { scores, faults } = await look(`${origin}${address}`);
    const accessible = scores.accessibility.toFixed(2).padEnd("accessibility  ".length);
    const isBelow =
      scores.accessibility < LEAST.accessibility || scores["best-practices"] < LEAST["best-practices"];
    if (isBelow) below += 1;
    console.log(
      `${name.padEnd(WIDTH)}${accessible}${scores["best-practices"].toFixed(2)}${isBelow ? "  ← below" : ""}`,
    );
    for (const fault of faults) console.log(`${" ".repeat(WIDTH)}${fault}`);
  }
  console.log(below === 0 ? "\nEvery page is there." : `\n${below} pages stay below.`);
  return below === 0 ? 0 : 1;
}

async function look(address: string): Promise<Looked> {
  const result = await lighthouse(address, {
    port: Number(values.debug),
    logLevel: "error",
    onlyCategories: Object.keys(LEAST),
    formFactor: "desktop",
    screenEmulation: { mobile: false, width: 1440, height: 900, deviceScaleFactor: 1, disabled: false },
    throttlingMethod: "provided",
    disableStorageReset: true,
  });
  if (result === undefined) throw new Error(`Lighthouse said nothing of ${address}.`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError !== undefined) throw new Error(`${address}: ${runtimeError.message}`);
  const scoreOf = (category: keyof typeof LEAST): number => categories[category]?.score ?? 0;
  const weighed = Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ weight }) => weight > 0),
  );
  return {
    scores: { accessibility: scoreOf("accessibility"), "best-practices": scoreOf("best-practices") },
    faults: weighed.flatMap(({ id }) => {
      const audit = audits[id];
      return audit?.score === null || audit?.score === undefined || audit.score === 1
        ? []
        : [`${id}: ${audit.title}`, ...elementsIn(audit.details)];
    }),
  };
}

/** The tags of the elements that an audit found, however deep in what it tells they are. */
function elementsIn(details: unknown): readonly string[] {
  const found = [...JSON.stringify(details ?? {}).matchAll(/"snippet":("(?:[^"\\]|\\.)*")/gu)];
  return found.slice(0, MOST_ELEMENTS).map(([, text]) => `  ${text ?? ""}`);
}
