"use client";

import { useSyncExternalStore } from "react";

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let nowMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time, ticking twice a minute; null on the server and while hydrating, whose clocks and zones would disagree. */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, currentTick, () => null);
}

function currentTick(): number {
  if (nowMs === 0) nowMs = Date.now();
  return nowMs;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  nowMs = Date.now();
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}
