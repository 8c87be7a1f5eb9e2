import type { Page, Request } from "@playwright/test";

/** What the browser itself measured since it was last asked. */
export interface Clock {
  /** Milliseconds of the longest task that kept the page from answering; the browser reports those above 50. */
  readonly longestTask: number;
  /** From a press to the next paint, the slowest one, as the browser's interaction to next paint counts; null: none above 16 ms. */
  readonly slowestPress: number | null;
}

export interface Opened extends Clock {
  /** Until the heading stands. */
  readonly heading: number;
  /** Until nothing says any more that it is loading. */
  readonly settled: number;
  /** The request of the API that took longest, its way through the browser included. */
  readonly slowestRequest: { readonly path: string; readonly milliseconds: number } | null;
  /** Bytes of all answers of the API, as they came over the wire. */
  readonly apiBytes: number;
}

interface Watched {
  tasks: number[];
  presses: number[];
  heading: number;
  busyUntil: number;
}

declare global {
  interface Window {
    palimpsestClock?: Watched;
  }
}

/** A page that has been quiet for so long is done. */
const QUIET_MS = 400;
const POLL_MS = 50;
const LIMIT_MS = 60_000;

const asked = new WeakMap<Page, Set<Request>>();
const isOfApi = (address: string): boolean =>
  address.includes("/api/v1/") && !address.includes("/api/v1/events");

/** Puts the clock into every document that the page will open. */
export async function putClock(page: Page): Promise<void> {
  const open = new Set<Request>();
  asked.set(page, open);
  page.on("request", (request) => (isOfApi(request.url()) ? open.add(request) : undefined));
  page.on("requestfinished", (request) => void open.delete(request));
  page.on("requestfailed", (request) => void open.delete(request));
  // tsx names the functions of what it runs by a helper of its own, which a page does not have.
  await page.addInitScript("globalThis.__name ??= (named) => named");
  await page.addInitScript(() => {
    const watched: Watched = { tasks: [], presses: [], heading: 0, busyUntil: 0 };
    window.palimpsestClock = watched;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.tasks.push(entry.duration);
    }).observe({ type: "longtask", buffered: true });
    // The shortest that a browser tells of; not every list of types knows the option.
    const presses: PerformanceObserverInit & { durationThreshold: number } = {
      type: "event",
      buffered: true,
      durationThreshold: 16,
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ("interactionId" in entry && entry.interactionId !== 0) watched.presses.push(entry.duration);
    }).observe(presses);
    const look = () => {
      if (watched.heading === 0 && document.querySelector("h1") !== null) watched.heading = performance.now();
      if (document.querySelector('[aria-busy="true"]') !== null) watched.busyUntil = performance.now();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Reads the clock and sets it back, as soon as the page has been at rest for a moment. */
export async function readClock(page: Page): Promise<Clock> {
  await atRest(page);
  return page.evaluate(() => {
    const watched = window.palimpsestClock;
    const [tasks, presses] = [watched?.tasks ?? [], watched?.presses ?? []];
    if (watched !== undefined) Object.assign(watched, { tasks: [], presses: [] });
    return {
      longestTask: Math.max(0, ...tasks),
      slowestPress: presses.length === 0 ? null : Math.max(...presses),
    };
  });
}

/** Opens an address as somebody does who types it, and waits until all of it is there. */
export async function openPage(page: Page, address: string): Promise<Opened> {
  await page.goto(address, { waitUntil: "commit" });
  const clock = await readClock(page);
  const loaded = await page.evaluate(() => {
    const requests = performance
      .getEntriesByType("resource")
      .filter((entry): entry is PerformanceResourceTiming => entry.name.includes("/api/v1/"))
      .filter((entry) => !entry.name.includes("/api/v1/events"));
    const slowest = requests.toSorted((one, other) => other.duration - one.duration)[0];
    const watched = window.palimpsestClock;
    return {
      heading: watched?.heading ?? 0,
      settled: Math.max(watched?.heading ?? 0, watched?.busyUntil ?? 0),
      slowestRequest:
        slowest === undefined
          ? null
          : { path: new URL(slowest.name).pathname, milliseconds: slowest.duration },
      apiBytes: requests.reduce((sum, entry) => sum + entry.transferSize, 0),
    };
  });
  return { ...clock, ...loaded };
}

/** There is a heading, React has taken the page over, nothing is busy or asked for, and it has stayed so. */
async function atRest(page: Page): Promise<void> {
  for (const limit = Date.now() + LIMIT_MS; Date.now() < limit;) {
    await page.waitForFunction(isQuiet, QUIET_MS, { timeout: LIMIT_MS });
    if (asked.get(page)?.size === 0 && (await page.evaluate(isQuiet, QUIET_MS))) return;
    await page.waitForTimeout(POLL_MS);
  }
  throw new Error(`${page.url()} did not come to rest within ${LIMIT_MS / 1000} s.`);
}

/** Runs in the page. */
function isQuiet(quiet: number): boolean {
  const watched = window.palimpsestClock;
  if (watched === undefined || watched.heading === 0) return false;
  const isAlive = [...document.querySelectorAll("body :is(a, button, input)")].every((control) =>
    Object.keys(control).some((key) => key.startsWith("__reactProps$")),
  );
  return isAlive && performance.now() - Math.max(watched.heading, watched.busyUntil) > quiet;
}
