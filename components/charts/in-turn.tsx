"use client";

import { useEffect, useState, type ComponentType } from "react";

const waiting: (() => void)[] = [];
let isRunning = false;

/** Runs one after the other, a frame apart. */
function inTurn(run: () => void): void {
  waiting.push(run);
  if (!isRunning) next();
}

function next(): void {
  const run = waiting.shift();
  isRunning = run !== undefined;
  run?.();
  // A task of its own after the frame: what was asked for has been drawn by then.
  if (isRunning) requestAnimationFrame(() => setTimeout(next));
}

interface Loaded<Props> {
  readonly Chart?: ComponentType<Props>;
  readonly failure?: unknown;
}

/**
 * A component whose code is fetched after the page stands. Several of them draw one after the other, so that a page of charts
 * answers keys in between; behind boundaries of React's own, all would be drawn in one go.
 */
export function drawnInTurn<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType,
): ComponentType<Props> {
  return function InTurn(props: Props) {
    const [{ Chart, failure }, setLoaded] = useState<Loaded<Props>>({});
    useEffect(() => {
      let isGone = false;
      const set = (loaded: Loaded<Props>) => inTurn(() => (isGone ? undefined : setLoaded(loaded)));
      load().then(
        (chart) => set({ Chart: chart }),
        (error: unknown) => set({ failure: error }),
      );
      return () => {
        isGone = true;
      };
    }, []);
    if (failure !== undefined) throw failure;
    return Chart === undefined ? <Waiting /> : <Chart {...props} />;
  };
}
