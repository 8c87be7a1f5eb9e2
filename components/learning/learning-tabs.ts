/** The sections of the Learning page. The address names one by `?tab=`, or by the anchor that other pages link to. */
export const learningTabs = ["loop", "outcomes", "diagnosis", "safety", "costs"] as const;
export type LearningTab = (typeof learningTabs)[number];

export const tabLabels: Readonly<Record<LearningTab, string>> = {
  loop: "The loop",
  outcomes: "Outcomes",
  diagnosis: "Memory or model?",
  safety: "Safety",
  costs: "Costs",
};

export interface LearningAddress {
  readonly tab: LearningTab | null;
  /** With its `#`, or empty. */
  readonly hash: string;
  /** The memory whose outcomes are asked for. */
  readonly memory: string | null;
}

/** What a person chose here wins over the anchor they came by; a memory alone means its outcomes. */
export function currentTab({ tab, hash, memory }: LearningAddress): LearningTab {
  const anchored = learningTabs.find((known) => `#${known}` === hash);
  return tab ?? anchored ?? (memory === null ? "loop" : "outcomes");
}
