import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";

import { PACKAGES, PURE_ROOMS, roomOf, ROOMS } from "./rooms.js";

/** Reports every import that no door of rooms.js allows, whether it is written `@/…` or relative. */
export const arrows = {
  meta: { type: "problem", schema: [], messages: { closed: "{{reason}}" } },
  create(context) {
    const file = fileOf(context);
    const check = (node, isType) => {
      const reason =
        node?.type === "Literal" && refusal({ root: context.cwd, file, source: String(node.value), isType });
      if (reason) context.report({ node, messageId: "closed", data: { reason } });
    };
    return {
      ImportDeclaration: (node) => check(node.source, isTypeOnly(node, node.importKind)),
      ExportNamedDeclaration: (node) => check(node.source, isTypeOnly(node, node.exportKind)),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === "type"),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source ?? node.argument?.literal, true),
    };
  },
};

/** Why `file` may not import `source`, or null. */
function refusal({ root, file, source, isType }) {
  const room = roomOf(file);
  const target = ownFile(root, file, source);
  if (target === null) return packageRefusal(room, source, isType);
  const wanted = roomOf(target);
  if (room === null) return null;
  if (wanted === "tests" && room !== "tests") return "Nothing imports tests.";
  if (wanted === null || wanted === room || allows(ROOMS[room], wanted, isType)) return null;
  if (ROOMS[room].files?.includes(target)) return null;
  const onlyTypes = (ROOMS[room].types ?? []).includes(wanted);
  return onlyTypes
    ? `${room} may import types of ${wanted} only: write "import type".`
    : `${room} may not import ${wanted}; the doors are in scripts/lint/rooms.js.`;
}

function allows(room, wanted, isType) {
  const open = isType ? [...room.imports, ...(room.types ?? [])] : room.imports;
  return open.includes(wanted) || open.includes("*");
}

function packageRefusal(room, source, isType) {
  if (PURE_ROOMS.includes(room)) return `${room} imports only itself, and "${source}" is outside.`;
  if (
    room === "components" ||
    room === "components/ui" ||
    room === "components/charts" ||
    room === "lib/client"
  ) {
    if (isBuiltin(source) && !isType) return `${room} runs in the browser, which has no "${source}".`;
  }
  const owner = PACKAGES.find(
    ({ name }) => source === name || source.startsWith(name.endsWith("/") ? name : `${name}/`),
  );
  if (!owner || room === null || owner.rooms.includes(room)) return null;
  return `"${source}" may be imported in ${owner.rooms[0]} only.`;
}

const isBuiltin = (source) => source.startsWith("node:") || builtinModules.includes(source);

/** The path of the file that ESLint is reading, from the root and with slashes. */
export function fileOf(context) {
  return slashed(path.relative(context.cwd, context.filename));
}

/** The file of ours that `source` means, from the root and with its extension where one exists; null for packages. */
export function ownFile(root, file, source) {
  const bare = source.startsWith("@/")
    ? source.slice(2)
    : source.startsWith(".")
      ? path.join(path.dirname(file), source)
      : null;
  if (bare === null) return null;
  const found = ["", ".ts", ".tsx", ".js", ".mjs"].find((extension) => {
    const candidate = path.join(root, bare + extension);
    return extension === "" ? path.extname(bare) !== "" && existsSync(candidate) : existsSync(candidate);
  });
  return slashed(bare + (found ?? ""));
}

function isTypeOnly(node, kind) {
  if (kind === "type") return true;
  const specifiers = node.specifiers ?? [];
  return (
    specifiers.length > 0 &&
    specifiers.every((item) => item.importKind === "type" || item.exportKind === "type")
  );
}

const slashed = (value) => value.split(path.sep).join("/");
