// Loaded into the web server before anything else. Its standard input is a pipe from the launcher that never says
// anything: when the pipe ends, the launcher is gone, however it went, and the server must not stay behind.
import { isMainThread } from "node:worker_threads";

// A worker inherits this preload; its standard input is a stream of its own that says nothing of the launcher.
if (isMainThread) {
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(1));
  process.stdin.unref();
}
