import type { CallOutput } from "@/lib/client/api";

export type Kind = CallOutput<"memories.get">["memory"]["kind"];

/** The kinds as a person reads them. They differ in how fast they fade. */
export const kindLabels: Readonly<Record<Kind, string>> = {
  fact: "Fact",
  preference: "Preference",
  procedure: "Procedure",
  episode: "Episode",
  insight: "Insight",
};

/** In the order of the form. */
export const kinds = [
  "fact",
  "preference",
  "procedure",
  "episode",
  "insight",
] as const satisfies readonly Kind[];

export const kindOptions = kinds.map((value) => ({ value, label: kindLabels[value] }));
