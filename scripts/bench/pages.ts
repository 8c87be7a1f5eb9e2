import { existsSync } from "node:fs";

import { chromium, type Page } from "@playwright/test";

import { CHROMIUM } from "../chromium";
import { pagesOf } from "../page-list";
import { WebServer } from "../web-server";
import { quantile } from "./metrics";
import { actsOnMemories, scrollMemories, type Act, type Scrolled } from "./page-acts";
import { openPage, putClock, type Opened } from "./page-clock";
import { pageStore, type PageStore } from "./page-store";
import { rounded, type Row } from "./report";
import { BUILD } from "./rest";

import { env } from "@/lib/env";
import { disconnect } from "@/lib/store/prisma";

interface Given {
  readonly dataFolder: string;
  readonly sizes: readonly number[];
  readonly port: number;
  readonly url: string;
}

const MEDIAN = 0.5;
const TAIL = 0.95;
const ASKED = 15;
const SCROLLED_ROWS = 3000;
/** Milliseconds that a person notices. */
const LONG = 200;

/** The windows of a list that a page asks for first, by what a person looks for. */
const WINDOWS: Readonly<Record<string, string>> = {
  "as it opens": "lifecycle=active",
  "by a word": "lifecycle=active&q=music",
  "by a state": "lifecycle=active&q=is%3Anever-used",
  "least believed first": "lifecycle=active&sort=confidence",
  "last used first": "lifecycle=active&sort=used",
};

/** How the dashboard of the built server opens and answers in a browser, on a store of each size. */
export async function pages({ dataFolder, sizes, port, url }: Given): Promise<Row[]> {
  if (!existsSync(BUILD)) throw new Error("The pages are measured as they are built: npm run build first.");
  const rows: Row[] = [];
  for (const size of sizes) {
    const store = await pageStore(dataFolder, size, url);
    // From here on the store belongs to the server.
    await disconnect();
    process.env["PALIMPSEST_CYCLE"] = "off";
    const server = new WebServer({ dev: false, host: env.host, port });
    try {
      await server.ready();
      await openIndex(server.address, store);
      rows.push(...(await windows(server.address, store, size)));
      rows.push(...(await inBrowser(server.address, store, size)));
    } finally {
      await server.stop();
    }
  }
  return rows;
}

/** The first recall after a start reads the whole store into memory; what is measured is a server that has been up for a while. */
async function openIndex(address: string, { secret, subjects }: PageStore): Promise<void> {
  const answer = await fetch(`${address}/api/v1/recall`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ query: subjects.question, dryRun: true }),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  await answer.text();
}

async function windows(address: string, { secret }: PageStore, size: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, query] of Object.entries(WINDOWS)) {
    const times: number[] = [];
    for (let i = 0; i < ASKED; i += 1) {
      const started = performance.now();
      const answer = await fetch(`${address}/api/v1/memories?limit=200&facets=true&${query}`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.text();
      times.push(performance.now() - started);
    }
    rows.push(
      row(
        `first window of 200 with exact count and facets, ${what}, p50, ${size} memories`,
        [quantile(times, MEDIAN), "ms"],
        {
          baseline: `p95 ${rounded(quantile(times, TAIL))}`,
          target: "≤ 300",
        },
      ),
    );
  }
  return rows;
}

async function inBrowser(address: string, { secret, subjects }: PageStore, size: number): Promise<Row[]> {
  const browser = await chromium.launch(CHROMIUM);
  try {
    const context = await browser.newContext({
      baseURL: address,
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
    });
    const session = await context.request.post(`${address}/api/session`, {
      headers: { origin: address },
      data: { key: secret },
    });
    if (!session.ok()) throw new Error(`Not signed in: ${session.status()} ${await session.text()}`);
    const page = await context.newPage();
    await putClock(page);
    return [
      ...(await openings(page, Object.entries(pagesOf(subjects)), size)),
      ...(await actsOnMemories(page)).map((act) => actRow(act, size)),
      ...scrollRows(await scrollMemories(page, Math.min(size, SCROLLED_ROWS)), size),
    ];
  } finally {
    await browser.close();
  }
}

/** The first opening of all loads the browser's caches, as nobody's second page does; it is thrown away. */
async function openings(
  page: Page,
  addresses: readonly (readonly [string, string])[],
  size: number,
): Promise<Row[]> {
  await openPage(page, "/guide");
  const rows: Row[] = [];
  for (const [name, path] of addresses) {
    const opened = await openPage(page, path);
    console.error(`  ${name}: ${Math.round(opened.settled)} ms`);
    rows.push(
      row(`page ${name}, until all is there, ${size} memories`, [opened.settled, "ms"], {
        baseline: story(opened),
      }),
    );
  }
  return rows;
}

function story({ heading, longestTask, slowestRequest, apiBytes }: Opened): string {
  const request =
    slowestRequest === null
      ? "no request"
      : `${slowestRequest.path.replace("/api/v1", "").replaceAll(/[0-9a-f-]{36}/gu, "{id}")} ${rounded(slowestRequest.milliseconds)}`;
  return `heading ${rounded(heading)}; ${tasks(longestTask)}; slowest request ${request}; ${Math.round(apiBytes / 1000)} kB from the API`;
}

/** Tasks of up to 50 ms are not reported by the browser. */
const tasks = (longest: number): string =>
  longest === 0 ? "no task above 50" : `longest task ${rounded(longest)}${longest > LONG ? " (LONG)" : ""}`;

const actRow = ({ what, slowestPress, longestTask }: Act, size: number): Row =>
  row(`${what}: slowest press to next paint, ${size} memories`, [slowestPress ?? 0, "ms"], {
    baseline: tasks(longestTask),
    target: `≤ ${LONG}`,
  });

function scrollRows(scrolled: Scrolled, size: number): Row[] {
  const { rows, seconds, frames, blankFrames, pendingFrames, longestFrame, longestTask } = scrolled;
  const at = `scrolling through ${rows} rows with the wheel, ${size} memories`;
  return [
    row(`${at}: frames with a gap`, [blankFrames, "frames"], {
      baseline: `of ${frames} in ${rounded(seconds)} s; longest between two ${rounded(longestFrame)} ms; ${tasks(longestTask)}`,
      target: "0",
    }),
    row(`${at}: frames with a row that had not come yet`, [pendingFrames, "frames"], { target: "0" }),
  ];
}

type Figure = readonly [value: number, unit: string];

function row(what: string, [figure, unit]: Figure, more: Pick<Row, "baseline" | "target"> = {}): Row {
  return { section: "pages", what, figure, unit, ...more };
}
