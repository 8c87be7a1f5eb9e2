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

/** Of an operation that is often called, one call in so many is measured: to ask the system costs a tenth of a millisecond. */
const MEASURED = 8;
const OFTEN = 50;

/** Runs `work` and now and then notes its CPU time, if nothing else ran beside it: the process has one clock for all its threads. */
export async function metered<T>(operation: string, work: () => Promise<T>): Promise<T> {
  const own = meter();
  const turn = (own.begun += 1);
  const list = samplesOf(own, operation);
  const isMeasured = own.inFlight === 0 && (list.length < OFTEN || turn % MEASURED === 0);
  own.inFlight += 1;
  const started = isMeasured ? process.cpuUsage() : null;
  try {
    return await work();
  } finally {
    own.inFlight -= 1;
    if (started !== null && own.begun === turn) note(list, process.cpuUsage(started));
  }
}

function samplesOf({ samples }: Meter, operation: string): number[] {
  const list = samples.get(operation) ?? [];
  samples.set(operation, list);
  return list;
}

function note(list: number[], { user, system }: NodeJS.CpuUsage): void {
  list.push((user + system) / MICROS_PER_MILLI);
  if (list.length > KEPT) list.shift();
}

/** Median CPU time in milliseconds of each operation that was measured. */
export function cpuMedians(): { operation: string; calls: number; milliseconds: number }[] {
  const measured = [...meter().samples].filter(([, list]) => list.length > 0);
  return measured.map(([operation, list]) => {
    const sorted = [...list].sort((a, b) => a - b);
    return { operation, calls: list.length, milliseconds: sorted[Math.floor(sorted.length / 2)] ?? 0 };
  });
}
