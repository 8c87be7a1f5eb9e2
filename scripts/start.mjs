/**
 * `npm start`: from a bare checkout to a running product in one command. `--dev` serves sources as they change;
 * `--build-only` and `--generate-only` stop after that step.
 */
import { build, CheckoutError, generate, install, requireNode, ROOT } from "./checkout.mjs";

try {
  await start(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof CheckoutError ? `\n${error.message}` : error);
  process.exit(1);
}

async function start(flags) {
  requireNode();
  process.chdir(ROOT);
  await install();
  await generate();
  if (flags.includes("--generate-only")) return;
  if (!flags.includes("--dev")) await build();
  if (flags.includes("--build-only")) return;
  // The packages that make TypeScript runnable may have been installed only now.
  const { register } = await import("tsx/esm/api");
  register();
  await import("./serve.ts");
}
