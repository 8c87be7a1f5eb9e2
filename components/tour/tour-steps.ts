/** The loop once, on one's own screen: four things to do, each a minute at most. */
export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Where it is done. */
  readonly href: string;
  readonly go: string;
  /**
   * What of the live stream says that it has been done: a recall, or a change with this op, since the store makes changes
   * of its own meanwhile. null where only looking is asked for.
   */
  readonly doneBy: "retrieval" | "observe" | "revert" | null;
}

/** The answer that matters does not lead at first, so that one judgement visibly moves it. */
const QUESTION = "What should I keep out of Noor's food?";
const asked = `/recall?q=${encodeURIComponent(QUESTION)}`;

export const tourSteps: readonly TourStep[] = [
  {
    title: "Ask",
    text: "Ask as a model would. Each result shows what its rank is made of.",
    href: asked,
    go: "Ask about Noor's food",
    doneBy: "retrieval",
  },
  {
    title: "Judge",
    text: "The hazelnuts are what matters, and something else leads. Press Helpful there. By keys: j to step, h for helpful.",
    href: asked,
    go: "Back to the answer",
    doneBy: "observe",
  },
  {
    title: "See it move",
    text: "Its confidence and its rank moved at once. “What your judgement moved” says by how much, and offers the way back.",
    href: asked,
    go: "Back to the answer",
    doneBy: null,
  },
  {
    title: "Take it back",
    text: "Every step is on the timeline. Revert the newest: that one alone goes, whatever came later stays.",
    href: "/timeline",
    go: "Open the timeline",
    doneBy: "revert",
  },
  {
    title: "That is the loop",
    text: "What you reverted can be redone at the same place. The sample data is one entry there, too.",
    href: "/",
    go: "To the overview",
    doneBy: null,
  },
];
