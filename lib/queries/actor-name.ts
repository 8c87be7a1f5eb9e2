const NAMES: Readonly<Record<string, string>> = { person: "You", system: "Palimpsest", cycle: "Improvement cycle" };

/** What an actor, `type:id`, is called by people: the name of its key where it has one. */
export function actorName(actor: string, keyName: string | null): string {
  const [type = "", ...id] = actor.split(":");
  return keyName ?? NAMES[type] ?? id.join(":");
}
