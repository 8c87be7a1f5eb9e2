/** That the guide has a page for each task, that its pictures and links exist, and that its text is read as it is written. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { readMarkdown } from "@/components/guide/markdown-shape";
import { guideTasks } from "@/components/guide/tasks";

const FOLDER = path.join("docs", "guide");

describe("the guide", () => {
  it.each(guideTasks)("has a page “$title” whose title and pictures are there", ({ task, title }) => {
    const blocks = readMarkdown(readFileSync(path.join(FOLDER, `${task}.md`), "utf8"));
    expect(blocks[0]).toEqual({ kind: "heading", depth: 1, text: title });
    const pictures = blocks.flatMap((block) => (block.kind === "picture" ? [block] : []));
    expect(pictures.length).toBeGreaterThan(0);
    for (const { source, alt } of pictures) {
      expect(alt).not.toBe("");
      expect(existsSync(path.join(FOLDER, source))).toBe(true);
    }
  });

  it("is read with its lists, keys and emphasis", () => {
    expect(readMarkdown("1. Press `x` and **Set**\n   - inside\n\nOr *not*, see [there](/x).")).toEqual([
      {
        kind: "list",
        ordered: true,
        items: [
          {
            content: [
              { kind: "text", text: "Press " },
              { kind: "code", text: "x" },
              { kind: "text", text: " and " },
              { kind: "strong", text: "Set" },
            ],
            children: [[{ kind: "text", text: "inside" }]],
          },
        ],
      },
      {
        kind: "paragraph",
        content: [
          { kind: "text", text: "Or " },
          { kind: "emphasis", text: "not" },
          { kind: "text", text: ", see " },
          { kind: "link", text: "there", href: "/x" },
          { kind: "text", text: "." },
        ],
      },
    ]);
  });

  it("is emphasised either way, and a name with underscores stays a name", () => {
    expect(readMarkdown("_What moved_ reads a_name_of_it.")).toEqual([
      {
        kind: "paragraph",
        content: [
          { kind: "emphasis", text: "What moved" },
          { kind: "text", text: " reads a_name_of_it." },
        ],
      },
    ]);
  });
});
