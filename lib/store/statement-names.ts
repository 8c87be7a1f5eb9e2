import { createHash } from "node:crypto";

/** As many as a connection, and a pooler in front of it, keeps without trouble; the rest is planned each time. */
const MOST_NAMED = 200;
/** Texts that are remembered only to notice that they come again. */
const MOST_NOTED = 1000;
const DIGITS = 32;
const NAMELESS = "";

/**
 * Names statements that come again, so that the database parses and plans each of them once per connection. A query that
 * was put together for one filter comes once and stays nameless.
 */
export function statementNames(): (statement: {
  readonly sql: string;
  readonly args: readonly unknown[];
}) => string {
  const names = new Map<string, string>();
  const noted = new Set<string>();
  return ({ sql, args }) => {
    // BEGIN and COMMIT must reach whatever server a pooler has at hand, whether or not it has seen them before.
    if (args.length === 0) return NAMELESS;
    const known = names.get(sql);
    if (known !== undefined || names.size >= MOST_NAMED) return known ?? NAMELESS;
    if (noted.size >= MOST_NOTED) noted.clear();
    if (!noted.delete(sql)) {
      noted.add(sql);
      return NAMELESS;
    }
    const name = createHash("sha256").update(sql).digest("hex").slice(0, DIGITS);
    names.set(sql, name);
    return name;
  };
}
