/** Tags as a person types them, parted by commas; blanks and repetitions fall away. */
export function splitTags(typed: string): string[] {
  const tags = typed.split(",").map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ""))];
}
