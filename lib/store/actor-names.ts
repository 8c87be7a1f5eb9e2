import { prisma } from "./prisma";

const idsOf = (actors: readonly string[], type: string): string[] => [
  ...new Set(
    actors.flatMap((actor) =>
      actor.startsWith(`${type}:`) && actor !== "person:owner" ? [actor.slice(type.length + 1)] : [],
    ),
  ),
];

/** What keys and people are called, by actor. */
export async function namesOfActors(actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const [keys, people] = await Promise.all([
    prisma().apiKey.findMany({
      where: { id: { in: idsOf(actors, "key") } },
      select: { id: true, name: true },
    }),
    prisma().person.findMany({
      where: { id: { in: idsOf(actors, "person") } },
      select: { id: true, name: true },
    }),
  ]);
  return new Map([
    ...keys.map(({ id, name }) => [`key:${id}`, name] as const),
    ...people.map(({ id, name }) => [`person:${id}`, name] as const),
  ]);
}
