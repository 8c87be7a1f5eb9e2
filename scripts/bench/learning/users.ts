import { creditUse, creditVerdict, useShare } from "@/lib/domain/learning/attribution";
import type { Weight } from "@/lib/domain/ledger/change";
import type { TrustClass } from "@/lib/domain/memory/memory";
import type { Parameters } from "@/lib/domain/parameters";

/** Somebody who looks at ten results and reports something about them. */
export const USERS = ["explicit", "pbm0.1", "pbm0.3", "cascade", "near-random"] as const;
export type User = (typeof USERS)[number];

export interface Looked {
  /** By rank from 0: whether the memory really helps. */
  readonly helps: readonly boolean[];
  readonly random: () => number;
}

/** Chance to look at a rank, from 0; the usual logarithmic fall. */
const attention = (place: number): number => 1 / Math.log2(place + 2);
const SURE = 0.9;
const NEAR_RANDOM = { helps: 0.55, other: 0.45 };

/** What the user marks: explicit judges every memory, the others mark what they use. */
export function marks(user: User, { helps, random }: Looked): boolean[] {
  if (user === "explicit") return [...helps];
  if (user === "cascade") {
    // From the top, until the first that satisfies.
    const first = helps.findIndex((does) => random() < (does ? SURE : 1 - SURE));
    return helps.map((_, place) => place === first);
  }
  if (user === "near-random")
    return helps.map(
      (does, place) => random() < attention(place) * (does ? NEAR_RANDOM.helps : NEAR_RANDOM.other),
    );
  const noise = Number(user.slice("pbm".length));
  return helps.map((does, place) => random() < attention(place) * (does ? 1 - noise : noise));
}

/** Counts of use by rank, as the store keeps them in its signals. */
export class UseLog {
  readonly #byPlace = new Map<number, { shown: number; used: number }>();

  at(place: number): { readonly shown: number; readonly used: number } {
    return this.#byPlace.get(place) ?? { shown: 0, used: 0 };
  }

  add(marked: readonly boolean[]): void {
    marked.forEach((used, place) => {
      const before = this.at(place);
      this.#byPlace.set(place, { shown: before.shown + 1, used: before.used + (used ? 1 : 0) });
    });
  }
}

export interface Reporting {
  readonly trust: TrustClass;
  readonly parameters: Parameters;
  readonly log: UseLog;
}

/** The same credit that a signal gets: a verdict on each memory, or a report of which were used. */
export function credits(
  user: User,
  marked: readonly boolean[],
  { trust, parameters, log }: Reporting,
): Weight[] {
  if (user === "explicit")
    return marked.map((helps) => creditVerdict(helps ? "helpful" : "irrelevant", { trust, parameters }));
  const weights = marked.map((used, place) =>
    creditUse(1, { used, share: useShare(log.at(place), parameters) }, { trust, parameters }),
  );
  log.add(marked);
  return weights;
}
