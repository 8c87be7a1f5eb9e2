/** `recall.weight.similarity` as a person reads it under the heading of its group: "Weight: similarity". */
export function parameterTitle(name: string): string {
  const [, ...parts] = name.split(".");
  const words = parts.map((part) => part.replace(/([a-z])([A-Z])/gu, "$1 $2").toLowerCase());
  const text = words.join(": ");
  return text === "" ? name : text.charAt(0).toUpperCase() + text.slice(1);
}
