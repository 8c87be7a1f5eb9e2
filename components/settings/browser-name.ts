/** "Firefox on Linux"; the whole text where it is not a browser's. */
export function browserName(agent: string | null): string {
  if (agent === null) return "A program";
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//u.exec(agent)?.[1];
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/u.exec(agent)?.[1];
  if (browser === undefined) return agent;
  const names: Readonly<Record<string, string>> = { Edg: "Edge", OPR: "Opera" };
  return `${names[browser] ?? browser}${system === undefined ? "" : ` on ${system === "Mac OS X" ? "macOS" : system}`}`;
}
