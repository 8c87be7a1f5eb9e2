/**
 * Law 5 on the scorer itself: in random stores with random vectors, a change of one memory moves that memory and its declared
 * neighbours, and leaves the exact scores and the order of all others as they were. A route's cap is relative, so the claim is
 * about memories that are ranked both before and after.
 */
import { describe, expect, it } from "vitest";

import { CONSTANTS, DEFAULTS } from "@/lib/domain/parameters";
import { derive } from "@/lib/domain/graph/derive";
import { memoryId, millis, type MemoryId } from "@/lib/domain/ids";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { rank, type Ranked, type Search } from "@/lib/search/rank";
import { createWorkspaceIndex, type WorkspaceIndex } from "@/lib/search/workspace-index";
import { seededRandom } from "@/tests/support/seeded-random";
import { stepAll, type EvidenceSums } from "@/lib/domain/registers/evidence";
import type { MemoryToIndex } from "@/lib/search/indexed-memory";

const HISTORIES = 1000;
const DIMENSIONS = 8;
const NOW = millis(Date.UTC(2026, 3, 1));
const DAY = CONSTANTS.millisPerDay;
const WORDS = "tea coffee garden piano forgot yesterday dog green river train market letter".split(" ");
const OPENINGS = ["", "", "When did Ann ", "Do I now ", "In January 2026, what did Bo "];
/** Whom the judged questions name; the openings ask about these, too. */
const PEOPLE = ["", "Ann", "", "Bo"];
const NAMES = Array.from({ length: 9 }, (_, i) => `Name${i}`);
const CHANGES = ["judge", "bond", "delete", "restore", "edit", "quarantine", "add"] as const;
type Change = (typeof CHANGES)[number];

type Rank = typeof rank;

describe("law of non-interference, on the scorer", () => {
  it(`holds for every change of one memory in ${HISTORIES} random stores`, { timeout: 120_000 }, async () => {
    const seen = new Map<Change, number>();
    let activated = 0;
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const { change, moved, isActive } = await interference(rank, seed);
      expect(moved, `seed ${seed}, ${change}`).toEqual([]);
      activated += isActive ? 1 : 0;
      seen.set(change, (seen.get(change) ?? 0) + 1);
    }
    for (const change of CHANGES) expect(seen.get(change) ?? 0).toBeGreaterThan(HISTORIES / 12);
    expect(activated).toBeGreaterThan(HISTORIES / 2);
  });

  it("catches a scorer that scales each part by the list's lowest and highest", async () => {
    expect(await caughtWithin(50, async (index, search) => minMaxed(await rank(index, search)))).toBe(true);
  });

  it("catches an activation that is shared out over the list", async () => {
    expect(await caughtWithin(50, async (index, search) => sharedOut(await rank(index, search)))).toBe(true);
  });

  it("catches a scorer that counts the neighbours' evidence", async () => {
    expect(await caughtWithin(50, lentEvidence)).toBe(true);
  });
});

async function caughtWithin(histories: number, by: Rank): Promise<boolean> {
  for (let seed = 1; seed <= histories; seed += 1)
    if ((await interference(by, seed)).moved.length > 0) return true;
  return false;
}

interface Played {
  readonly change: Change;
  readonly moved: MemoryId[];
  /** Some memory was reached over a name. */
  readonly isActive: boolean;
}

/** Plays one history and returns the memories outside the change's reach whose score or order moved. */
async function interference(ranks: Rank, seed: number): Promise<Played> {
  const random = seededRandom(seed);
  const index = createWorkspaceIndex(DIMENSIONS);
  const memories = Array.from({ length: 6 + below(random, 20) }, (_, i) => memoryOf(random, i));
  const change = CHANGES[below(random, CHANGES.length)] ?? "judge";
  const chosen = memories[below(random, memories.length)] ?? memoryOf(random, 0);
  const absentAtFirst = change === "add" || change === "restore";
  for (const memory of memories) if (memory !== chosen || !absentAtFirst) await put(index, memory);
  const questions = Array.from({ length: 4 }, () => vectorOf(random));
  for (const memory of memories) if (random() < 0.6) learn(index, memory.id, { questions, random });
  const search = searchOf(random, memories);

  const before = await ranks(index, search);
  // Evidence has no neighbours: what was observed about one memory says nothing about the next one.
  const other = memories[below(random, memories.length)] ?? chosen;
  const isEvidence = change === "judge" || change === "bond";
  const reach = new Set([
    chosen.id,
    ...(change === "bond" ? [other.id] : []),
    ...(isEvidence ? [] : around(index, chosen.id)),
  ]);
  await apply(index, change, { chosen, other, random, questions });
  if (!isEvidence) for (const id of around(index, chosen.id)) reach.add(id);
  const after = await ranks(index, search);
  index.vectors.dispose();
  index.passages.dispose();
  const isActive = before.some((r) => r.parts.graph > 0);
  return { change, moved: differences(before, after, reach), isActive };
}

interface Acting {
  readonly chosen: MemoryToIndex;
  readonly other: MemoryToIndex;
  readonly random: () => number;
  readonly questions: readonly Float32Array[];
}

async function apply(
  index: WorkspaceIndex,
  change: Change,
  { chosen, other, random, questions }: Acting,
): Promise<void> {
  if (change === "bond") index.graph.bond(chosen.id, other.id, evidenceOf(random));
  else if (change === "judge") {
    await index.upsert({ ...chosen, evidence: evidenceOf(random) });
    learn(index, chosen.id, { questions, random });
  } else if (change === "delete" || change === "quarantine") await index.remove(chosen.id);
  else if (change === "edit") {
    const content = textOf(random);
    const passages = random() < 0.5 ? passagesOf(random) : null;
    await put(index, { ...chosen, content, textHash: content, vector: vectorOf(random), passages });
  } else await put(index, chosen);
}

function differences(
  before: readonly Ranked[],
  after: readonly Ranked[],
  reach: ReadonlySet<MemoryId>,
): MemoryId[] {
  const was = new Map(before.map((r) => [r.id, r]));
  const is = new Map(after.map((r) => [r.id, r]));
  const old = before.filter((r) => is.has(r.id) && !reach.has(r.id));
  const now = after.filter((r) => was.has(r.id) && !reach.has(r.id));
  return now
    .filter((r, place) => old[place]?.id !== r.id || was.get(r.id)?.score !== r.score)
    .map((r) => r.id);
}

function around(index: WorkspaceIndex, id: MemoryId): MemoryId[] {
  const memory = index.find(id);
  if (!memory) return [];
  const inSession = index.sessions.around(memory, CONSTANTS.contextTurns).map((near) => near.memory.id);
  return [...inSession, ...sharingNames(index, memory.key)];
}

/** Two hops in the graph: over a name to the other memories that hold it. */
const sharingNames = (index: WorkspaceIndex, key: number): MemoryId[] =>
  index.graph
    .entitiesOf(key)
    .flatMap(({ to }) => index.graph.memoriesOf(to))
    .flatMap(({ to }) => index.memories[to]?.id ?? []);

/** A memory with the names its text holds. */
async function put(index: WorkspaceIndex, memory: MemoryToIndex): Promise<void> {
  await index.upsert(memory);
  const key = index.find(memory.id)?.key ?? 0;
  const mentions = [...memory.content.matchAll(/Name\d/gu)].map(({ index: start }) => ({
    start,
    end: start + "Name0".length,
    type: "other" as const,
  }));
  index.graph.set(key, derive(memory.content, { mentions, relations: [] }), {
    textHash: memory.textHash,
    isOld: false,
  });
}

/** Gives a memory cues of its own at some of the questions that all memories are judged for. */
function learn(
  index: WorkspaceIndex,
  id: MemoryId,
  { questions, random }: Omit<Acting, "chosen" | "other">,
): void {
  const memory = index.find(id);
  if (!memory) return;
  const terms = Array.from({ length: 1 + below(random, 6) }, () => ({
    question: String(below(random, questions.length)),
    at: millis(NOW - below(random, 5) * DAY),
    weight: random() < 0.5 ? ([1_000_000, 0] as const) : ([0, 500_000] as const),
    source: "owner:key/1" as const,
  }));
  index.cues.set(
    memory.key,
    { terms, evidence: stepAll(memory.evidence, terms), kind: "fact" },
    new Map(questions.map((vector, i) => [String(i), { vector, people: PEOPLE[i % PEOPLE.length] ?? "" }])),
  );
}

const below = (random: () => number, limit: number): number => Math.floor(random() * limit);
const textOf = (random: () => number): string =>
  Array.from({ length: 1 + below(random, 9) }, () => WORDS[below(random, WORDS.length)]).join(" ") +
  (random() < 0.7 ? ` ${NAMES[below(random, NAMES.length)]} ${NAMES[below(random, NAMES.length)]}` : "") +
  (random() < 0.3 ? "?" : "");

function vectorOf(random: () => number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, () => random() * 2 - 1);
  const length = Math.hypot(...vector);
  return vector.map((component) => component / length);
}

const passagesOf = (random: () => number): Float32Array =>
  Float32Array.from(Array.from({ length: 2 + below(random, 3) }, () => [...vectorOf(random)]).flat());

const evidenceOf = (random: () => number): EvidenceSums => ({
  "owner:key/1": { [20_500 - below(random, 300)]: [below(random, 9_000_000), below(random, 9_000_000)] },
});

function memoryOf(random: () => number, number: number): MemoryToIndex {
  const content = textOf(random);
  return {
    id: memoryId(`00000000-0000-7000-8000-${String(number).padStart(12, "0")}`),
    content,
    textHash: content,
    kind: "fact",
    tags: [],
    scope: {
      ...(random() < 0.8 ? { sessionId: `s${below(random, 3)}` } : {}),
      userId: random() < 0.7 ? "u1" : "u2",
    },
    speaker: random() < 0.5 ? "Ann" : "Bo",
    validAt: millis(NOW - below(random, 900) * DAY),
    invalidAt: random() < 0.05 ? millis(NOW - DAY) : null,
    createdAt: millis(NOW - number),
    superseded: random() < 0.05,
    evidence: random() < 0.5 ? evidenceOf(random) : {},
    vector: random() < 0.9 ? vectorOf(random) : null,
    passages: random() < 0.4 ? passagesOf(random) : null,
  };
}

/** The words' statistics are an epoch's: they do not follow the store. A low cap makes some candidates fall out of a route. */
function searchOf(random: () => number, memories: readonly MemoryToIndex[]): Search {
  return {
    query: `${OPENINGS[below(random, OPENINGS.length)] ?? ""}${textOf(random)}`,
    vector: random() < 0.9 ? vectorOf(random) : null,
    scope: random() < 0.5 ? { userId: "u1" } : {},
    now: NOW,
    asOf: random() < 0.2 ? millis(NOW - 200 * DAY) : null,
    // Random vectors are far apart, so what was learned reaches further here.
    parameters: {
      ...DEFAULTS,
      "learning.cue.reach": 0,
      "learning.cue.pool.floor": 0,
      "recall.graph.floor": 0.1,
      "recall.graph.ceiling": 0.6,
      "recall.graph.hub": 0.3,
      "recall.routeCap": 3 + below(random, 12),
    },
    epoch: {
      id: "fixed",
      documents: memories.length,
      averageLength: 5,
      frequencies: new Map(WORDS.map((word) => [word, 1 + below(random, memories.length)])),
      speakers: ["Ann", "Bo"],
      newestValidAt: random() < 0.5 ? NOW - 100 * DAY : null,
    },
  };
}

/** The usual way to make parts comparable, which lets every candidate move every other one. */
function minMaxed(list: readonly Ranked[]): Ranked[] {
  const scaled = (own: Ranked): number =>
    PART_NAMES.reduce((sum, part) => {
      const all = list.map((r) => r.parts[part]);
      const [least, most] = [Math.min(...all), Math.max(...all)];
      return sum + (most > least ? (own.parts[part] - least) / (most - least) : 0);
    }, 0);
  return list
    .map((own) => ({ ...own, score: scaled(own) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function sharedOut(list: readonly Ranked[]): Ranked[] {
  const all = list.reduce((sum, { parts }) => sum + parts.graph, 0);
  return list
    .map((own) => ({ ...own, score: own.score + (all > 0 ? own.parts.graph / all - own.parts.graph : 0) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

async function lentEvidence(index: WorkspaceIndex, search: Search): Promise<Ranked[]> {
  const list = await rank(index, search);
  const utility = new Map(list.map((r) => [r.id, r.parts.utility]));
  return list
    .map((own) => ({
      ...own,
      score: around(index, own.id).reduce((sum, id) => sum + (utility.get(id) ?? 0), own.score),
    }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
