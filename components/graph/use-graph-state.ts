"use client";

import {
  parseAsArrayOf,
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";

export const views = ["picture", "table"] as const;
export type View = (typeof views)[number];

const parsers = {
  /** The middle, by id or name. */
  entity: parseAsString,
  /** The other end of a way. */
  to: parseAsString,
  /** Entities whose neighbours were opened. */
  open: parseAsArrayOf(parseAsString).withDefault([]),
  view: parseAsStringLiteral(views).withDefault("picture"),
  /** Milliseconds; what was so then is drawn in full. */
  at: parseAsInteger,
  min: parseAsFloat.withDefault(0),
  cycle: parseAsString,
  /** Whose panel is open. */
  about: parseAsString,
};

/** What the page shows is in its address, so that every view of the graph can be linked and gone back to. */
export function useGraphState() {
  return useQueryStates(parsers, { history: "push" });
}
