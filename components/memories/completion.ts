/** What the search box proposes for the term that is being typed. */
export interface Proposal {
  /** Takes the place of the term. */
  readonly text: string;
  /** What it finds, in words. */
  readonly meaning: string;
}

export interface Completion {
  /** The part of the text that a proposal replaces. */
  readonly from: number;
  readonly to: number;
  readonly proposals: readonly Proposal[];
}

type Facets = Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>;

const MOST = 8;

const keys: readonly Proposal[] = [
  { text: "kind:", meaning: "fact, preference, episode …" },
  { text: "tag:", meaning: "has this tag" },
  { text: "is:", meaning: "pinned, contested, never-used …" },
  { text: "speaker:", meaning: "who said it" },
  { text: "conf<", meaning: "believed less than, 0 to 1" },
  { text: "conf>=", meaning: "believed at least, 0 to 1" },
  { text: "uses>=", meaning: "shown at least so often" },
  { text: "used:>", meaning: "not used for so many days, such as 30d" },
  { text: "created:<", meaning: "at most so old, such as 7d" },
  { text: "updated:<", meaning: "moved in so many days" },
  { text: "valid:<", meaning: "true since at most so long" },
  { text: "session:", meaning: "from this conversation" },
  { text: "user:", meaning: "about this user" },
  { text: "agent:", meaning: "of this agent" },
  { text: "channel:", meaning: "came in this way" },
];

const states: Readonly<Record<string, string>> = {
  pinned: "kept as it is",
  quarantined: "held back from recall",
  contested: "contradicted by another",
  superseded: "something newer took its place",
  merged: "joined into another",
  "never-used": "no recall has shown it",
  "in-last-cycle": "changed by the last cycle",
  archived: "put away",
  deleted: "deleted",
};

const samples: Readonly<Record<string, readonly Proposal[]>> = {
  "conf<": [{ text: "conf<0.4", meaning: "doubted" }],
  "conf>=": [{ text: "conf>=0.7", meaning: "believed" }],
  "uses>=": [{ text: "uses>=5", meaning: "often shown" }],
  "used:>": [{ text: "used:>30d", meaning: "not used for 30 days" }],
  "created:<": [{ text: "created:<7d", meaning: "from the last week" }],
  "updated:<": [{ text: "updated:<7d", meaning: "moved in the last week" }],
};

/** Proposals for the term the caret is in; null where there is nothing to propose. Values come with their counts. */
export function complete(text: string, caret: number, facets: Facets | undefined): Completion | null {
  const from = startOfTerm(text, caret);
  const to = caret + (/^[^\s]*/u.exec(text.slice(caret))?.[0].length ?? 0);
  const typed = text.slice(from, caret);
  const minus = typed.startsWith("-") ? "-" : "";
  const term = typed.slice(minus.length).toLowerCase();
  if (term.startsWith('"')) return null;
  if (term === "" && text.trim() !== "" && !/\s$/u.test(text.slice(0, caret))) return null;
  const bare = (written: string) => written.toLowerCase().replaceAll('"', "");
  const found = candidates(term, facets).filter(
    ({ text: candidate }) => bare(candidate).startsWith(bare(term)) && bare(candidate) !== bare(term),
  );
  const proposals = found.slice(0, MOST).map((proposal) => ({ ...proposal, text: minus + proposal.text }));
  return proposals.length === 0 ? null : { from, to, proposals };
}

/** The text with the proposal in place, and where the caret goes: behind it, ready for a value or for the next term. */
export function accepted(
  text: string,
  { from, to }: Completion,
  proposal: Proposal,
): { readonly text: string; readonly caret: number } {
  const isWhole = !/[:<>=]$/u.test(proposal.text);
  const rest = text.slice(to).replace(/^\s+/u, "");
  const head = text.slice(0, from) + proposal.text + (isWhole ? " " : "");
  return { text: head + rest, caret: head.length };
}

/** A term begins after the last space outside of quotes. */
function startOfTerm(text: string, caret: number): number {
  let start = 0;
  let quoted = false;
  for (let index = 0; index < caret; index++) {
    const sign = text[index];
    if (sign === '"') quoted = !quoted;
    else if (!quoted && sign !== undefined && /\s/u.test(sign)) start = index + 1;
  }
  return start;
}

function candidates(term: string, facets: Facets | undefined): readonly Proposal[] {
  if (term.startsWith("is:"))
    return Object.entries(states).map(([state, meaning]) => ({ text: `is:${state}`, meaning }));
  const facet = (["kind", "tag", "speaker"] as const).find((name) => term.startsWith(`${name}:`));
  if (facet !== undefined) return (facets?.[facet] ?? []).map((entry) => valueOf(facet, entry));
  const sample = Object.entries(samples).find(([key]) => term.startsWith(key));
  return sample === undefined ? keys : sample[1];
}

function valueOf(
  key: string,
  { value, count }: { readonly value: string; readonly count: number },
): Proposal {
  const quoted = /\s/u.test(value) ? `"${value.replaceAll('"', "")}"` : value;
  return { text: `${key}:${quoted}`, meaning: String(count) };
}
