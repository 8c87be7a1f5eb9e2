import { readFileSync } from "node:fs";
import path from "node:path";

import { fileOf, ownFile } from "./arrows.js";

/**
 * Reports imports that lead back to the file they stand in. Type imports are gone when the program runs and do not
 * count. It reads our own files only, which makes it many times faster than resolving every package.
 */
export const noCycle = {
  meta: { type: "problem", schema: [], messages: { cycle: "This import leads back here: {{path}}." } },
  create(context) {
    const file = fileOf(context);
    return {
      ImportDeclaration(node) {
        const first = node.importKind !== "type" && ownFile(context.cwd, file, String(node.source.value));
        const way = first && wayBack(context.cwd, first, file);
        if (way)
          context.report({
            node: node.source,
            messageId: "cycle",
            data: { path: [file, ...way].join(" -> ") },
          });
      },
    };
  },
};

const IMPORTS = /^\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s*)?["']([^"']+)["']/gm;

/** One process reads each file once. A file that changes meanwhile, as in an editor, is seen at the next start. */
const known = new Map();

/** The files from `start` to `goal` along imports, or null when there is no such way. */
function wayBack(root, start, goal) {
  const cameFrom = new Map([[start, null]]);
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (file === goal) return trace(cameFrom, file);
    for (const next of importsOf(root, file)) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      open.push(next);
    }
  }
  return null;
}

function trace(cameFrom, goal) {
  const way = [];
  for (let file = goal; file !== null; file = cameFrom.get(file)) way.unshift(file);
  return way;
}

function importsOf(root, file) {
  const key = path.join(root, file);
  if (!known.has(key)) known.set(key, readImports(root, file));
  return known.get(key);
}

function readImports(root, file) {
  let text;
  try {
    text = readFileSync(path.join(root, file), "utf8");
  } catch {
    return [];
  }
  return [...text.matchAll(IMPORTS)]
    .map(([, source]) => ownFile(root, file, source))
    .filter((found) => found !== null);
}
