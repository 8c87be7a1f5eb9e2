/** Facets write the text of the search box, so that a click can be read, edited and linked like typed words. */

export type FacetName = "kind" | "tag" | "speaker" | "state";

const keyOf: Readonly<Record<FacetName, string>> = {
  kind: "kind",
  tag: "tag",
  speaker: "speaker",
  state: "is",
};

/** Quoted where a space would end the term. */
export function searchTerm(facet: FacetName, facetValue: string): string {
  const text = /[\s"]/u.test(facetValue) ? `"${facetValue.replaceAll('"', "")}"` : facetValue;
  return `${keyOf[facet]}:${text}`;
}

/** Terms as they stand in the box: parted by spaces that are not inside quotes. */
export function searchTerms(search: string): readonly string[] {
  return search.match(/(?:[^\s"]|"[^"]*"?)+/gu) ?? [];
}

/** A memory has one kind, so several chosen kinds are alternatives and share a term: `kind:fact,insight`. */
export function toggleFacet(search: string, facet: FacetName, facetValue: string): string {
  if (facet !== "kind") return toggleTerm(search, searchTerm(facet, facetValue));
  const chosen = chosenValues("kind", search);
  const next = chosen.includes(facetValue)
    ? chosen.filter((kind) => kind !== facetValue)
    : [...chosen, facetValue];
  const others = searchTerms(search).filter((term) => !term.startsWith("kind:"));
  return [...others, ...(next.length === 0 ? [] : [`kind:${next.join(",")}`])].join(" ");
}

/** Takes the term out when it is there, and appends it when not; everything else stays as it was typed. */
function toggleTerm(search: string, term: string): string {
  const terms = searchTerms(search);
  const next = terms.includes(term) ? terms.filter((other) => other !== term) : [...terms, term];
  return next.join(" ");
}

/** What of a facet is chosen in the box, also values the server no longer counts. */
export function chosenValues(facet: FacetName, search: string): readonly string[] {
  const start = `${keyOf[facet]}:`;
  const texts = searchTerms(search)
    .filter((term) => term.startsWith(start))
    .map((term) => term.slice(start.length).replaceAll('"', ""));
  return facet === "kind" ? texts.flatMap((text) => text.split(",")) : texts;
}
