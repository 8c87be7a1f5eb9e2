/**
 * `npx tsx scripts/page-weights.ts`: the JavaScript that each page of the last build asks for before it stands, compressed as
 * a browser gets it. What is fetched after that (charts, dialogs) is not counted.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

export interface PageWeight {
  readonly route: string;
  readonly bytes: number;
}

interface RouteStats {
  readonly route: string;
  readonly firstLoadChunkPaths: readonly string[];
}

/** Heaviest first. The framework writes which chunks belong to which page beside what it built. */
export function pageWeights(root = process.cwd()): readonly PageWeight[] {
  const stats: readonly RouteStats[] = JSON.parse(
    readFileSync(path.join(root, ".next", "diagnostics", "route-bundle-stats.json"), "utf8"),
  );
  const known = new Map<string, number>();
  const weigh = (chunk: string): number => {
    const bytes = known.get(chunk) ?? gzipSync(readFileSync(path.join(root, chunk))).length;
    known.set(chunk, bytes);
    return bytes;
  };
  return stats
    .map(({ route, firstLoadChunkPaths }) => ({
      route,
      bytes: firstLoadChunkPaths.reduce((sum, chunk) => sum + weigh(chunk), 0),
    }))
    .sort((one, other) => other.bytes - one.bytes);
}

const KILO = 1000;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { route, bytes } of pageWeights())
    console.log(`${(bytes / KILO).toFixed(1).padStart(7)} kB  ${route}`);
}
