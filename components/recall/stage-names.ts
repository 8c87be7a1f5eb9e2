/** Stages of a recall as a person reads them; the API names them shortly. */
const names: Readonly<Record<string, string>> = {
  "in the index": "Memories",
  filter: "Allowed",
  routes: "Candidates",
  shown: "Shown",
};

const meanings: Readonly<Record<string, string>> = {
  "in the index": "All that can be recalled now.",
  filter: "Not superseded, valid at the time, and within the scope and conditions asked for.",
  routes: "Brought up by meaning, words, recency or neighbours.",
  shown: "The best scored, as many as were asked for.",
};

export const stageName = (stage: string): string => names[stage] ?? stage;
export const stageMeaning = (stage: string): string => meanings[stage] ?? "";
