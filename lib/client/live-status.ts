/** Whether the page follows the server by itself. Pure, so that every loss and return can be tested. */

export type LiveStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /** An earlier state is shown, which moves no more. */
  | { readonly kind: "earlier" }
  /** The stream is lost; pages poll instead. */
  | { readonly kind: "polling"; readonly sinceMs: number };

export type LiveEvent =
  | { readonly kind: "opened" }
  | { readonly kind: "lost"; readonly atMs: number }
  /** The first connection takes too long. */
  | { readonly kind: "overdue"; readonly atMs: number };

/** A second loss keeps the time of the first: "not live since" means since when, not since the last attempt. */
export function nextLiveStatus(status: LiveStatus, event: LiveEvent): LiveStatus {
  switch (event.kind) {
    case "opened":
      return { kind: "live" };
    case "lost":
      return status.kind === "polling" ? status : { kind: "polling", sinceMs: event.atMs };
    case "overdue":
      return status.kind === "connecting" ? { kind: "polling", sinceMs: event.atMs } : status;
  }
}

/** Waits longer after each failure in a row, to a ceiling, so that a server that comes back is not stormed. */
export function reconnectDelayMs(failures: number): number {
  const FIRST_MS = 1000;
  const CEILING_MS = 30_000;
  return Math.min(CEILING_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
}
