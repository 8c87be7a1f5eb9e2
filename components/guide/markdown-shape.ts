/** The few forms that the guide is written in, read into plain data. Anything else is a paragraph. */

export type Inline =
  | { readonly kind: "text" | "strong" | "emphasis" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: "heading"; readonly depth: number; readonly text: string }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "picture"; readonly alt: string; readonly source: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly ListItem[] };

export interface ListItem {
  readonly content: readonly Inline[];
  /** A list inside of the item, one deep. */
  readonly children: readonly (readonly Inline[])[];
}

export function readMarkdown(text: string): readonly Block[] {
  return text
    .trim()
    .split(/\n{2,}/u)
    .map(readBlock);
}

function readBlock(text: string): Block {
  const heading = /^(#{1,3}) (.+)$/u.exec(text);
  if (heading) return { kind: "heading", depth: heading[1]?.length ?? 1, text: heading[2] ?? "" };
  const picture = /^!\[([^\]]*)\]\(([^)]+)\)$/u.exec(text);
  if (picture) return { kind: "picture", alt: picture[1] ?? "", source: picture[2] ?? "" };
  if (/^(?:\d+\.|-) /u.test(text)) return readList(text);
  return { kind: "paragraph", content: readInline(text.replaceAll("\n", " ")) };
}

function readList(text: string): Block {
  const items: { content: readonly Inline[]; children: (readonly Inline[])[] }[] = [];
  for (const line of text.split("\n")) {
    const inner = /^\s+- (.+)$/u.exec(line);
    const outer = /^(?:\d+\.|-) (.+)$/u.exec(line);
    if (inner) items.at(-1)?.children.push(readInline(inner[1] ?? ""));
    else if (outer) items.push({ content: readInline(outer[1] ?? ""), children: [] });
  }
  return { kind: "list", ordered: /^\d/u.test(text), items };
}

const MARKS = /\*\*([^*]+)\*\*|(?<!\w)[*_]([^*_]+)[*_](?!\w)|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)/gu;

function readInline(text: string): readonly Inline[] {
  const found: Inline[] = [];
  let done = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > done) found.push({ kind: "text", text: text.slice(done, match.index) });
    const [, strong, emphasis, code, label, href] = match;
    if (strong !== undefined) found.push({ kind: "strong", text: strong });
    else if (emphasis !== undefined) found.push({ kind: "emphasis", text: emphasis });
    else if (code !== undefined) found.push({ kind: "code", text: code });
    else found.push({ kind: "link", text: label ?? "", href: href ?? "" });
    done = match.index + match[0].length;
  }
  if (done < text.length) found.push({ kind: "text", text: text.slice(done) });
  return found;
}
