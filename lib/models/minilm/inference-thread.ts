import { Worker } from "node:worker_threads";
import { workerFile } from "@/lib/models/worker-file";

/** Texts of one token count, their ids one after the other. */
export interface TokenBatch {
  readonly texts: number;
  readonly tokens: number;
  readonly ids: Int32Array;
}

export interface InferenceThread {
  /** Mean-pooled vectors, one after the other. An urgent batch goes before every batch that still waits. */
  readonly run: (batch: TokenBatch, urgent: boolean) => Promise<Float32Array>;
}

interface Job {
  readonly batch: TokenBatch;
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (reason: Error) => void;
}

type Reply = { readonly ready: true } | { readonly vectors: Float32Array } | { readonly error: string };

const WORKER_FILE = "lib/models/minilm/session-worker.mjs";

/**
 * One encoder in one thread. It is given one batch at a time, so that a question that arrives during an import of
 * thousands of texts waits for one batch and not for the import. `onEnd` is called when the thread is lost.
 */
export async function startInferenceThread(
  model: Uint8Array<ArrayBuffer>,
  onEnd: () => void,
): Promise<InferenceThread> {
  const worker = new Worker(workerFile(WORKER_FILE), {
    workerData: { model, threads: 1 },
    transferList: [model.buffer],
  });
  await firstReply(worker);
  const lanes: { urgent: Job[]; bulk: Job[] } = { urgent: [], bulk: [] };
  let running: Job | undefined;
  const dispatch = (): void => {
    if (running !== undefined) return;
    running = lanes.urgent.shift() ?? lanes.bulk.shift();
    // An idle thread must not keep a finished script alive.
    if (running === undefined) return worker.unref();
    worker.ref();
    worker.postMessage(running.batch);
  };
  worker.on("message", (reply: Reply) => {
    const job = running;
    running = undefined;
    if (job !== undefined && "vectors" in reply) job.resolve(reply.vectors);
    if (job !== undefined && "error" in reply)
      job.reject(new Error(`The embedding model failed: ${reply.error}`));
    dispatch();
  });
  const lose = (reason: Error): void => {
    const waiting = [
      ...(running === undefined ? [] : [running]),
      ...lanes.urgent.splice(0),
      ...lanes.bulk.splice(0),
    ];
    running = undefined;
    for (const job of waiting) job.reject(reason);
    onEnd();
  };
  worker.on("error", lose);
  worker.on("exit", (code) => lose(new Error(`The embedding thread ended with code ${code}.`)));
  worker.unref();
  return {
    run: (batch, urgent) =>
      new Promise((resolve, reject) => {
        (urgent ? lanes.urgent : lanes.bulk).push({ batch, resolve, reject });
        dispatch();
      }),
  };
}

function firstReply(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.once("exit", (code) =>
      reject(new Error(`The embedding thread ended with code ${code} while it started.`)),
    );
  });
}
