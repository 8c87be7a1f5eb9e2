/**
 * Scans large vector indexes beside the server's main thread. The vectors are in shared memory: nothing is copied but
 * the query on its way in and the similarities on their way out.
 */
import { parentPort } from "node:worker_threads";
import { createDotKernel } from "./dot-kernel.mjs";
import { scanRows, SIDE } from "./vector-memory.mjs";

const indexes = new Map();

parentPort?.on("message", (message) => {
  if (message.kind === "open") {
    const { memory, rowBytes } = message;
    indexes.set(message.index, { memory, rowBytes, dot: createDotKernel(memory) });
  } else if (message.kind === "close") {
    indexes.delete(message.index);
  } else {
    const { scan, index, query, rows } = message;
    const similarities = scanRows(indexes.get(index), { query, side: SIDE.worker, from: 0, to: rows });
    parentPort?.postMessage({ scan, similarities }, [similarities.buffer]);
  }
});
