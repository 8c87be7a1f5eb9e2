/** CPU time of operations in this process. Telemetry of the process, not of the store: it starts anew with the server. */
interface Meter {
  inFlight: number;
  /** Rises whenever an operation begins, so that one can tell whether it was alone. */
  begun: number;
  readonly samples: Map<string, number[]>;
}

// Next may load this module once per route.
const shared = globalThis as { palimpsestCpu?: Meter };
const meter = (): Meter => (shared.palimpsestCpu ??= { inFlight: 0, begun: 0, samples: new Map() });

/** So many of the newest calls are kept of each operation. */
const KEPT = 500;
const MICROS_PER_MILLI = 1000;

/** Runs `work` and notes its CPU time, if nothing else ran beside it: the process has one clock for all its threads. */
export async function metered<T>(operation: string, work: () => Promise<T>): Promise<T> {
  const own = meter();
  const alone = own.inFlight === 0;
  const turn = (own.begun += 1);
  own.inFlight += 1;
  const started = process.cpuUsage();
  try {
    return await work();
  } finally {
    own.inFlight -= 1;
    if (alone && own.begun === turn) note(own, operation, process.cpuUsage(started));
  }
}

function note({ samples }: Meter, operation: string, { user, system }: NodeJS.CpuUsage): void {
  const list = samples.get(operation) ?? [];
  list.push((user + system) / MICROS_PER_MILLI);
  samples.set(operation, list.slice(-KEPT));
}

/** Median CPU time in milliseconds of each operation that was measured. */
export function cpuMedians(): { operation: string; calls: number; milliseconds: number }[] {
  return [...meter().samples].map(([operation, list]) => {
    const sorted = [...list].sort((a, b) => a - b);
    return { operation, calls: list.length, milliseconds: sorted[Math.floor(sorted.length / 2)] ?? 0 };
  });
}
