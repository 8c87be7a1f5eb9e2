import type { CallOutput } from "@/lib/client/api";

export type Delivery = CallOutput<"webhooks.deliveries">["items"][number];

/** What came of the last attempt, in a few words. */
export function outcomeOf({ attempts }: Pick<Delivery, "attempts">): string {
  const last = attempts.at(-1);
  if (last === undefined) return "not tried yet";
  const took = `after ${last.tookMs} ms`;
  return last.status === null ? `${last.error ?? "no answer"} (${took})` : `answered ${last.status} ${took}`;
}
