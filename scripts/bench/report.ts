import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** One figure, with what a simpler way reaches in the same run and what we want to reach. */
export interface Row {
  readonly section:
    | "quality"
    | "entities"
    | "graph"
    | "consolidation"
    | "ablation"
    | "latency"
    | "ledger"
    | "pages"
    | "poison"
    | "cycle";
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  readonly baseline?: string;
  readonly target?: string;
}

const FOLDER = fileURLToPath(new URL("../../docs/benchmarks/", import.meta.url));
const BYTES_PER_GIB = 2 ** 30;
const DAY_LETTERS = "YYYY-MM-DD".length;

/** Four digits tell two runs apart; more would be noise. */
const DIGITS = 4;
export const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** The rows in aligned columns. */
export function tableOf(rows: readonly Row[]): string {
  const head = ["section", "what", "figure", "unit", "baseline", "target"];
  const lines = rows.map((r) => [
    r.section,
    r.what,
    String(rounded(r.figure)),
    r.unit,
    r.baseline ?? "",
    r.target ?? "",
  ]);
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/**
 * Writes figures and the machine they hold for, and never a text of the data. Each set of sections has a file of its own a
 * day, so that measuring one anew leaves the others' figures where they are. Returns the file's path.
 */
export async function save(
  rows: readonly Row[],
  facts: Readonly<Record<string, unknown>> & { readonly sections: readonly string[] },
): Promise<string> {
  const at = new Date();
  const day = at.toISOString().slice(0, DAY_LETTERS);
  const file = path.join(FOLDER, `${day}-${facts.sections.join("-")}.json`);
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: rounded(totalmem() / BYTES_PER_GIB),
    node: process.version,
    // Other work on the machine is in every figure of time, so a reader has to know of it.
    loadAverage: loadavg().map(rounded),
    platform: process.platform,
  };
  const measured = rows.map((row) => ({ ...row, figure: rounded(row.figure) }));
  await mkdir(FOLDER, { recursive: true });
  await writeFile(
    file,
    `${JSON.stringify({ at: at.toISOString(), machine, ...facts, rows: measured }, null, 2)}\n`,
  );
  return path.relative(process.cwd(), file);
}
