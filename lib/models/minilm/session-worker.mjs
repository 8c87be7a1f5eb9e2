/**
 * Runs the encoder in a thread of its own, because the runtime's `run` blocks the thread that calls it.
 * Plain JavaScript, so that a production server, a script and a test can all start it from this very file.
 */
import { parentPort, workerData } from "node:worker_threads";
import ort from "onnxruntime-node";

const session = await ort.InferenceSession.create(workerData.model, {
  intraOpNumThreads: workerData.threads,
  interOpNumThreads: 1,
  // Its arena keeps the room of the largest batch for ever.
  enableCpuMemArena: false,
  graphOptimizationLevel: "all",
  logSeverityLevel: 3,
});
workerData.model = undefined;

parentPort.on("message", async ({ texts, tokens, ids }) => {
  try {
    const positions = BigInt64Array.from({ length: tokens }, (_, position) => BigInt(position));
    const { vectors } = await session.run({
      input_ids: new ort.Tensor("int64", BigInt64Array.from(ids, BigInt), [texts, tokens]),
      position_ids: new ort.Tensor("int64", positions, [tokens]),
    });
    parentPort.postMessage({ vectors: vectors.data });
  } catch (error) {
    parentPort.postMessage({ error: String(error?.message ?? error) });
  }
});

parentPort.postMessage({ ready: true });
