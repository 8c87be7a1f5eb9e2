/** A timer that can be held. The clock is an argument so that a test can turn it. */
export interface PausableTimer {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
}

export function startPausableTimer(
  durationMs: number,
  onEnd: () => void,
  clock: () => number = () => performance.now(),
): PausableTimer {
  let remainingMs = durationMs;
  let startedAt = clock();
  let handle: ReturnType<typeof setTimeout> | undefined = setTimeout(onEnd, remainingMs);
  const stop = () => {
    clearTimeout(handle);
    handle = undefined;
  };
  return {
    pause: () => {
      if (handle === undefined) return;
      stop();
      remainingMs -= clock() - startedAt;
    },
    resume: () => {
      if (handle !== undefined) return;
      startedAt = clock();
      handle = setTimeout(onEnd, Math.max(0, remainingMs));
    },
    stop,
  };
}
