import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The absolute path of a worker's file, given from the root of the project. A bundler moves this module but leaves the
 * worker where it is, so the root is looked for upwards from the working directory and from this module.
 */
export function workerFile(pathFromRoot: string): string {
  const starts = [process.cwd(), dirname(fileURLToPath(import.meta.url))];
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      const file = join(/* turbopackIgnore: true */ folder, pathFromRoot);
      if (existsSync(/* turbopackIgnore: true */ file)) return file;
      if (folder === dirname(folder)) break;
    }
  }
  throw new Error(
    `${pathFromRoot} was not found above ${starts.join(" or ")}. Start the program in its own folder.`,
  );
}
