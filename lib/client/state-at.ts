import { addresses, type Address } from "@/lib/contracts/addresses";
import type { ClientOperationId } from "./api";
import type { CallParts } from "./request";

/** Which earlier state the pages show, as `?asOf=` names it; null: the present. Kept here because every call has to know. */
let shown: string | null = null;

export const shownState = (): string | null => shown;

export function showState(asOf: string | null): void {
  shown = asOf;
}

/** A call of the pages asks for the state they show, wherever the operation can answer from it. */
export function atShownState(id: ClientOperationId, parts: CallParts): CallParts {
  const { past, method }: Address = addresses[id];
  if (shown === null || past === undefined) return parts;
  const point = { [past]: shown };
  if (method === "GET") return { ...parts, query: { ...point, ...parts.query } };
  // A body of the table is an object.
  return { ...parts, body: { ...point, ...(parts.body as object) } };
}
