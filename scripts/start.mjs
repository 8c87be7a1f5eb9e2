/**
 * `npm start`: from a bare checkout to a running product in one command. `--dev` serves sources as they change;
 * `--build-only` and `--generate-only` stop after that step.
 */
import { build, CheckoutError, generate, install, requireNode, ROOT } from "./checkout.mjs";

try {
  await start(process.argv.slice(2));
} catch (error) {
  const isPlain = error instanceof CheckoutError || error?.name === "EnvironmentError";
  console.error(isPlain ? `\n${error.message}` : error);
  process.exit(1);
}

async function start(flags) {
  requireNode();
  process.chdir(ROOT);
  await install();
  await generate();
  if (flags.includes("--generate-only")) return;
  if (!flags.includes("--build-only")) await claimPort();
  if (!flags.includes("--dev")) await build();
  if (!flags.includes("--build-only")) await import("./serve.ts");
}

/** Before the build, which would pull the pages from under a server that runs from this checkout. */
async function claimPort() {
  // The packages that make TypeScript runnable may have been installed only now.
  const { register } = await import("tsx/esm/api");
  register();
  const { env } = await import("../lib/env.ts");
  const { choosePort } = await import("./port-in-use.ts");
  const port = await choosePort(env.host, env.port);
  if (port === null) process.exit(1);
  process.env.PORT = String(port);
}
