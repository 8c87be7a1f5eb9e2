const NAMES: Readonly<Record<string, string>> = {
  person: "You",
  system: "Palimpsest",
  cycle: "Improvement cycle",
};

/** What an actor, `type:id`, is called by people: its own name where it has one. Who came by the owner's link has none. */
export function actorName(actor: string, ownName: string | null): string {
  const [type = "", ...id] = actor.split(":");
  return ownName ?? NAMES[type] ?? id.join(":");
}
