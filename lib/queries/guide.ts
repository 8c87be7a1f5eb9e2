import { readFile } from "node:fs/promises";
import path from "node:path";

/** The text of a page of docs/guide. Only names without a path are looked for. */
export async function guideText(task: string): Promise<string | null> {
  if (!/^[a-z-]+$/u.test(task)) return null;
  try {
    return await readFile(path.join(process.cwd(), "docs", "guide", `${task}.md`), "utf8");
  } catch {
    return null;
  }
}
