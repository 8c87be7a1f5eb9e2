import { CYCLE_STATES } from "@/lib/domain/cycle/cycle";
import { OPS } from "@/lib/domain/ledger/change";

/** What a webhook is told of. */
export const EVENTS = [
  ...OPS.map((op) => `change.${op}` as const),
  ...CYCLE_STATES.map((state) => `cycle.${state}` as const),
  "proposal.waiting",
  "webhook.test",
] as const;
export type WebhookEvent = (typeof EVENTS)[number];

/** What a webhook can ask for: events, families of them, or all. */
export const WANTED = [
  "*",
  "change.*",
  "cycle.*",
  ...EVENTS.filter((event) => event !== "webhook.test"),
] as const;

/** Whatever a webhook may have asked for so that it is told of this event. */
export const askedBy = (event: WebhookEvent): string[] => ["*", event, event.replace(/\..*$/u, ".*")];
