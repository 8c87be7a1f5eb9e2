/** The tasks of the guide, in the order in which a new person meets them; each is a page of docs/guide. */
export const guideTasks = [
  {
    task: "curate",
    title: "Curate what is remembered",
    gist: "Keep, mend and put away, one at a time or thousands.",
  },
  {
    task: "find-out-why",
    title: "Find out why",
    gist: "Why it ranks so, why it is missing, why it is believed.",
  },
  {
    task: "take-back",
    title: "Take back a change",
    gist: "Any one step, a selection, a stretch of time, a cycle.",
  },
  {
    task: "review-a-cycle",
    title: "Review an improvement cycle",
    gist: "What it proposes, what it would do, what came of it.",
  },
  { task: "tune", title: "Tune without fear", gist: "Try a setting out on what you have before it is set." },
  { task: "connect", title: "Connect a client", gist: "Key, address, and a test that it gets through." },
] as const;

export type GuideTask = (typeof guideTasks)[number]["task"];
