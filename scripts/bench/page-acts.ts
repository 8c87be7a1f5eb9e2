import type { Page } from "@playwright/test";

import { openPage, readClock, type Clock } from "./page-clock";

export interface Act extends Clock {
  readonly what: string;
}

const WORD = "music";
const KEY_PAUSE_MS = 60;
/** As fast as somebody types who is in a hurry, and slower than the box waits for a pause. */
const TYPE_PAUSE_MS = 120;
const STEPS = 15;

/** What somebody does on the list of memories, each by itself, with what the browser measured meanwhile. */
export async function actsOnMemories(page: Page): Promise<Act[]> {
  const acts: Act[] = [];
  const act = async (what: string, work: () => Promise<void>) => {
    await readClock(page);
    await work();
    acts.push({ what, ...(await readClock(page)) });
  };
  const press = async (key: string, times = 1) => {
    for (let i = 0; i < times; i += 1) {
      await page.keyboard.press(key);
      await page.waitForTimeout(KEY_PAUSE_MS);
    }
  };
  await openPage(page, "/memories");
  const box = page.getByRole("combobox", { name: "Search memories" });
  await act("typing a word into the search", () => box.pressSequentially(WORD, { delay: TYPE_PAUSE_MS }));
  await act("clearing the search", () => box.fill(""));
  const facet = page.getByRole("complementary", { name: "Filters" }).getByRole("checkbox").first();
  await act("choosing a facet", () => facet.click());
  await act("giving the facet up", () => facet.click());
  await page.getByRole("grid").getByRole("row").nth(1).focus();
  await act("J and K through the rows", async () => {
    await press("j", STEPS);
    await press("k", STEPS);
  });
  await act("opening the peek", () => press("Space"));
  await act("J with the peek open", () => press("j", STEPS));
  await act("closing the peek", () => press("Escape"));
  await act("selecting rows", async () => {
    await press("x");
    await press("j", 2);
    await press("X");
  });
  return acts;
}

/** Frames of a long scroll, and how they looked. */
export interface Scrolled extends Clock {
  readonly rows: number;
  readonly seconds: number;
  readonly frames: number;
  /** Frames in which some of the list's height showed nothing at all. */
  readonly blankFrames: number;
  /** Frames in which a row stood for one that had not come yet. */
  readonly pendingFrames: number;
  /** Milliseconds of the longest time between two frames. */
  readonly longestFrame: number;
}

const WHEEL_PX = 400;
const WHEEL_PAUSE_MS = 40;
const ROW_PX = 52;
/** As many at most are in sight at once; the list cannot be scrolled further. */
const SHOWN_ROWS = 25;
const LIMIT_MS = 120_000;

/** Scrolls through so many rows with the wheel, without a pause, and looks at each frame. */
export async function scrollMemories(page: Page, rows: number): Promise<Scrolled> {
  await openPage(page, "/memories");
  const grid = page.getByRole("grid");
  await grid.hover();
  await page.evaluate(watchFrames);
  const started = performance.now();
  while (performance.now() - started < LIMIT_MS) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.waitForTimeout(WHEEL_PAUSE_MS);
    const top = await grid.evaluate((element) => element.parentElement?.scrollTop ?? 0);
    if (top >= (rows - SHOWN_ROWS) * ROW_PX) break;
  }
  const seconds = (performance.now() - started) / 1000;
  const seen = await page.evaluate(() => window.palimpsestFrames ?? null);
  if (seen === null) throw new Error("The frames were not watched.");
  return { rows, seconds, ...seen, ...(await readClock(page)) };
}

interface Frames {
  frames: number;
  blankFrames: number;
  pendingFrames: number;
  longestFrame: number;
}

declare global {
  interface Window {
    palimpsestFrames?: Frames;
  }
}

/** Runs in the page: at each frame, is the list's visible height covered by rows? */
function watchFrames(): void {
  const seen: Frames = { frames: 0, blankFrames: 0, pendingFrames: 0, longestFrame: 0 };
  window.palimpsestFrames = seen;
  const scroller = document.querySelector('[role="grid"]')?.parentElement;
  if (!scroller) return;
  let last = performance.now();
  const look = (now: number) => {
    const view = scroller.getBoundingClientRect();
    const shown = [...scroller.querySelectorAll("tbody tr")].filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > view.top + 40 && box.top < view.bottom - 2;
    });
    seen.frames += 1;
    const isSpacer = (row: Element) => row.childElementCount === 1;
    if (shown.length === 0 || shown.some(isSpacer)) seen.blankFrames += 1;
    if (shown.some((row) => !isSpacer(row) && !row.hasAttribute("data-row-index"))) seen.pendingFrames += 1;
    seen.longestFrame = Math.max(seen.longestFrame, now - last);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
