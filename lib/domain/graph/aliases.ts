/**
 * Names that stand for one entity, by each of them, the one that all of them mean first and the others in order; names that
 * stand alone are left out. `meant` says which name each alias means. Undo and redo can close a ring of aliases: then the
 * first of the ring, in order, is the one that all mean.
 * Worked: bob → robert, robert → robert smith: each of the three gives [robert smith, bob, robert].
 */
export function clustersOf(meant: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, Set<string>>();
  for (const name of new Set([...meant.keys(), ...meant.values()])) {
    const root = rootOf(name, meant);
    members.set(root, (members.get(root) ?? new Set()).add(name));
  }
  const clusters = new Map<string, readonly string[]>();
  for (const [root, names] of members) {
    const others = [...names].filter((name) => name !== root).sort();
    if (others.length > 0) for (const name of names) clusters.set(name, [root, ...others]);
  }
  return clusters;
}

function rootOf(name: string, meant: ReadonlyMap<string, string>): string {
  const path = [name];
  for (;;) {
    const next = meant.get(path.at(-1) ?? name);
    if (next === undefined) return path.at(-1) ?? name;
    const met = path.indexOf(next);
    if (met >= 0) return path.slice(met).sort()[0] ?? name;
    path.push(next);
  }
}
