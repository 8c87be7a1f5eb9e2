/** What the addresses of single things are about. */
export interface PageSubjects {
  readonly memory: string;
  readonly cycle: string;
  readonly entity: string;
  /** The start of the entity's name, as somebody would type it. */
  readonly entityName: string;
  readonly question: string;
}

/** Every page of the product that a person who is signed in can come to, by the name its picture has. */
export function pagesOf({ memory, cycle, entity, entityName, question }: PageSubjects) {
  const [asked, name] = [question, entityName].map((text) => encodeURIComponent(text).replaceAll("%20", "+"));
  return {
    overview: "/",
    memories: "/memories",
    memory: `/memories/${memory}`,
    recall: `/recall?q=${asked}`,
    compare: `/recall/compare?q=${asked}&b=mode%3Dkeyword`,
    learning: "/learning",
    "learning-outcomes": "/learning?tab=outcomes",
    "learning-diagnosis": "/learning?tab=diagnosis",
    "learning-safety": "/learning?tab=safety",
    "learning-costs": "/learning?tab=costs",
    graph: `/graph?entity=${name}`,
    "graph-map": "/graph",
    "graph-table": "/graph?view=table",
    "graph-panel": `/graph?entity=${name}&about=${entity}`,
    merges: "/merges?view=made",
    "merge-queue": "/merges",
    cycles: "/cycles",
    cycle: `/cycles/${cycle}`,
    timeline: "/timeline",
    connect: "/connect",
    reference: "/docs#recall",
    settings: "/settings",
    "settings-keys": "/settings?tab=keys",
    tuning: "/settings?group=time&draft=recall.weight.utility%3D1.5%3Btime.halfLife.preference%3D30",
    "settings-data": "/settings?tab=data",
    "settings-workspaces": "/settings?tab=workspaces",
    "settings-people": "/settings?tab=people",
    "settings-webhooks": "/settings?tab=webhooks",
    "settings-models": "/settings?tab=models",
    "settings-audit": "/settings?tab=audit",
    "settings-account": "/settings?tab=account",
    guide: "/guide",
    "guide-task": "/guide/find-out-why",
  };
}

export type PageName = keyof ReturnType<typeof pagesOf>;

// The keys of the list are its names.
export const pageNames = Object.keys(
  pagesOf({ memory: "", cycle: "", entity: "", entityName: "", question: "" }),
) as PageName[];
