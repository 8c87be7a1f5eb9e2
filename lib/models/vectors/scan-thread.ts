import { Worker } from "node:worker_threads";
import { workerFile } from "@/lib/models/worker-file";

/** The one thread that scans large indexes, shared by all indexes of the process. */
export interface ScanThread {
  readonly open: (memory: WebAssembly.Memory, rowBytes: number) => number;
  readonly close: (index: number) => void;
  /** The similarity of each of the first `rows` rows; rejects when the thread is lost. */
  readonly scan: (index: number, query: Float32Array, rows: number) => Promise<Float32Array>;
}

interface Pending {
  readonly resolve: (similarities: Float32Array) => void;
  readonly reject: (reason: Error) => void;
}

const WORKER_FILE = "lib/models/vectors/scan-worker.mjs";

/** Development servers load modules again and again; there is to be one thread all the same. */
const shared = ((globalThis as { palimpsestScan?: { thread?: ScanThread } }).palimpsestScan ??= {});

export function getScanThread(): ScanThread {
  shared.thread ??= startScanThread(() => delete shared.thread);
  return shared.thread;
}

function startScanThread(onEnd: () => void): ScanThread {
  const worker = new Worker(workerFile(WORKER_FILE));
  const pending = new Map<number, Pending>();
  let lastIndex = 0;
  let lastScan = 0;
  const lose = (reason: Error): void => {
    onEnd();
    for (const { reject } of pending.values()) reject(reason);
    pending.clear();
  };
  worker.on("message", ({ scan, similarities }: { scan: number; similarities: Float32Array }) => {
    pending.get(scan)?.resolve(similarities);
    pending.delete(scan);
    if (pending.size === 0) worker.unref();
  });
  worker.on("error", lose);
  worker.on("exit", (code) => lose(new Error(`The thread that searches vectors ended with code ${code}.`)));
  worker.unref();
  return {
    open(memory, rowBytes) {
      worker.postMessage({ kind: "open", index: ++lastIndex, memory, rowBytes });
      return lastIndex;
    },
    close: (index) => worker.postMessage({ kind: "close", index }),
    scan: (index, query, rows) =>
      new Promise((resolve, reject) => {
        pending.set(++lastScan, { resolve, reject });
        worker.ref();
        worker.postMessage({ kind: "scan", scan: lastScan, index, query, rows });
      }),
  };
}
