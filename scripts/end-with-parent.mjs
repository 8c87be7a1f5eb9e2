// Loaded into the web server before anything else. Its standard input is a pipe from the launcher that never says
// anything: when the pipe ends, the launcher is gone, however it went, and the server must not stay behind.
process.stdin.resume();
process.stdin.on("end", () => process.exit(1));
process.stdin.unref();
