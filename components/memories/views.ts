import type { ShownLifecycle, Sort } from "./use-memory-search";

/** A search with a name. What it names is its address, so a view can be linked, and edited like any search. */
export interface View {
  readonly name: string;
  readonly q: string;
  readonly sort: Sort;
  readonly lifecycle: ShownLifecycle;
}

/** The ones that everybody has: what is most worth a look. */
export const builtInViews: readonly View[] = [
  { name: "Doubted, yet often used", q: "conf<0.4 uses>=5", sort: "confidence", lifecycle: "active" },
  { name: "Never used", q: "is:never-used", sort: "oldest", lifecycle: "active" },
  { name: "Contradicted", q: "is:contested", sort: "confidence", lifecycle: "active" },
  { name: "Changed by the last cycle", q: "is:in-last-cycle", sort: "updated", lifecycle: "all" },
];

export const VIEWS_KEY = "palimpsest.views";
const LONGEST_NAME = 60;

export function isSameSearch(one: Omit<View, "name">, other: Omit<View, "name">): boolean {
  return one.q.trim() === other.q.trim() && one.sort === other.sort && one.lifecycle === other.lifecycle;
}

/** A view of the same name is replaced; names are cut to what a tab holds. */
export function withView(views: readonly View[], view: View): readonly View[] {
  const named = { ...view, name: view.name.trim().slice(0, LONGEST_NAME) };
  const others = views.filter(({ name }) => name !== named.name);
  return [...others, named].sort((one, other) => one.name.localeCompare(other.name));
}

export function renamed(views: readonly View[], from: string, to: string): readonly View[] {
  const view = views.find(({ name }) => name === from);
  return view === undefined
    ? views
    : withView(
        views.filter(({ name }) => name !== from),
        { ...view, name: to },
      );
}

export const without = (views: readonly View[], name: string): readonly View[] =>
  views.filter((view) => view.name !== name);

/** What is stored may be of an older version or of somebody else: what is no view is left out. */
export function parseViews(
  text: string | null,
  known: { sorts: readonly Sort[]; lifecycles: readonly ShownLifecycle[] },
): readonly View[] {
  return listIn(text).flatMap((entry) => {
    const { name, q, sort, lifecycle } = fieldsOf(entry);
    const [knownSort, knownLifecycle] = [
      known.sorts.find((one) => one === sort),
      known.lifecycles.find((one) => one === lifecycle),
    ];
    if (typeof name !== "string" || name === "" || typeof q !== "string") return [];
    if (knownSort === undefined || knownLifecycle === undefined) return [];
    return [{ name, q, sort: knownSort, lifecycle: knownLifecycle }];
  });
}

function listIn(text: string | null): readonly unknown[] {
  if (text === null) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function fieldsOf(entry: unknown): Readonly<Record<string, unknown>> {
  return typeof entry === "object" && entry !== null ? { ...entry } : {};
}
