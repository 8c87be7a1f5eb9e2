import { dot } from "@/lib/domain/vector";

export interface Asked {
  readonly key: string;
  readonly text: string;
  readonly vector: Float32Array | null;
  readonly model: string | null;
}

export type Split = "train" | "test";

/** How often the event loop gets a turn while many questions are compared. */
const ROWS_AT_ONCE = 64;

/**
 * Parts questions into those to learn from and those to test on, so that no question is tested on that is near, over any
 * number of steps, to one that was learned from. Near: a cosine of `reach` or more, or the same words in another order.
 * Whole clusters go to one side; in the order of their keys, which are hashes, until the test side has its share.
 */
export async function holdOut(
  questions: readonly Asked[],
  { reach, share }: { readonly reach: number; readonly share: number },
): Promise<ReadonlyMap<string, Split>> {
  const clusters = await clustersOf(questions, reach);
  const most = Math.floor(questions.length * share);
  const splits = new Map<string, Split>();
  let held = 0;
  for (const cluster of clusters) {
    const isTest = held + cluster.length <= most;
    if (isTest) held += cluster.length;
    for (const { key } of cluster) splits.set(key, isTest ? "test" : "train");
  }
  return splits;
}

async function clustersOf(
  questions: readonly Asked[],
  reach: number,
): Promise<readonly (readonly Asked[])[]> {
  const sorted = [...questions].sort((a, b) => (a.key < b.key ? -1 : 1));
  const leaders = sorted.map((_, i) => i);
  const leader = (i: number): number => {
    let at = i;
    while (leaders[at] !== at) at = leaders[at] ?? at;
    return at;
  };
  const words = sorted.map((question) => wordsOf(question.text));
  for (const [i, question] of sorted.entries()) {
    if (i % ROWS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let j = 0; j < i; j += 1) {
      const other = sorted[j];
      if (other === undefined || leader(i) === leader(j)) continue;
      // The smaller number leads, so that a cluster is named by its first key.
      if (words[i] === words[j] || areNear(question, other, reach))
        leaders[Math.max(leader(i), leader(j))] = Math.min(leader(i), leader(j));
    }
  }
  const clusters = new Map<number, Asked[]>();
  for (const [i, question] of sorted.entries())
    clusters.set(leader(i), [...(clusters.get(leader(i)) ?? []), question]);
  return [...clusters.values()];
}

const areNear = (a: Asked, b: Asked, reach: number): boolean =>
  a.vector !== null &&
  b.vector !== null &&
  a.model === b.model &&
  a.vector.length === b.vector.length &&
  dot(a.vector, b.vector) >= reach;

const wordsOf = (text: string): string =>
  [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].sort().join(" ");
