import { bareName, isPartOf, lastName, normalName } from "./names";
import { CONSTANTS } from "@/lib/domain/parameters";
import type { EntityType, Extraction } from "./extraction";

/** A name that a memory's text holds. */
export interface DerivedEntity {
  /** Normal form; equal names are one entity. */
  readonly name: string;
  readonly type: EntityType;
  /** As the text first writes it. */
  readonly written: string;
  /** The text does not use this name itself: it follows from a longer one that it uses. */
  readonly isAlias: boolean;
}

/** What a text says of two of its entities. */
export interface DerivedRelation {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

export interface Derived {
  /** In the order of the text, aliases last; at most `mostEdges`. */
  readonly entities: readonly DerivedEntity[];
  readonly relations: readonly DerivedRelation[];
}

/**
 * Entities and relations of one text, from its words and what an extractor read in them, and from nothing else: they appear
 * and vanish with the text. A short name means the fuller one of the same text. What stands in one text together is mentioned
 * together; such edges need no rows of their own.
 * Worked: "Ada Byron met Bo. Byron left." holds "ada byron" once, "bo", and the alias "byron".
 */
export function derive(text: string, { mentions, relations }: Extraction): Derived {
  const read = mentions.map(({ start, end, type }) => {
    const written = text.slice(start, end);
    return { name: normalName(written), type, written };
  });
  const full = read
    .filter(({ name, type }) => type === "person" && name.includes(" "))
    .map(({ name }) => name);
  const meant = read.map((own) => ({
    ...own,
    name: full.find((name) => isPartOf(own.name, name)) ?? own.name,
  }));
  const entities = new Map<string, DerivedEntity>();
  for (const own of meant)
    if (isName(own.name) && !entities.has(own.name)) entities.set(own.name, { ...own, isAlias: false });
  for (const own of [...entities.values()]) {
    for (const name of aliasesOf(own))
      if (isName(name) && !entities.has(name)) entities.set(name, { ...own, name, isAlias: true });
  }
  const kept = [...entities.values()].slice(0, CONSTANTS.mostEdges);
  const names = new Set(kept.map(({ name }) => name));
  return {
    entities: kept,
    relations: statedIn(meant, relations).filter(({ from, to }) => names.has(from) && names.has(to)),
  };
}

function aliasesOf({ name, type }: DerivedEntity): string[] {
  const bare = type === "place" || type === "organization" ? bareName(name) : null;
  const last = type === "person" ? lastName(name) : null;
  return [bare, last].filter((alias) => alias !== null);
}

/** Each at most once, and none of a thing with itself. */
function statedIn(
  meant: readonly { readonly name: string }[],
  relations: Extraction["relations"],
): DerivedRelation[] {
  const said = new Map<string, DerivedRelation>();
  for (const { from, to, type } of relations) {
    const [a, b] = [meant[from]?.name ?? "", meant[to]?.name ?? ""];
    if (a !== "" && b !== "" && a !== b) said.set(JSON.stringify([a, type, b]), { from: a, to: b, type });
  }
  return [...said.values()];
}

/** One letter or digit names too many things. */
const isName = (name: string): boolean => name.length > 1;
