/**
 * `npm run client`: writes the client as a folder that can be published or installed by its path (`dist/client`, or the
 * folder named). Its types are printed from the table of operations, so it needs no package of ours and none of anybody's.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

import { toolSchemas } from "@/lib/client/tool-schemas";
import { clientTypes } from "./client-package/types";
import packageJson from "@/package.json";

/** The client's modules by the names they get in the package, where all of them lie side by side. */
const MODULES: Readonly<Record<string, string>> = {
  index: "lib/client/create-client.ts",
  api: "lib/client/api.ts",
  "api-error": "lib/client/api-error.ts",
  request: "lib/client/request.ts",
  "state-at": "lib/client/state-at.ts",
  addresses: "lib/contracts/addresses.ts",
  "ai-sdk": "lib/client/ai-sdk.ts",
};

const NAMES = new Map(Object.entries(MODULES).map(([name, file]) => [path.basename(file, ".ts"), name]));

/** Imports of our modules, wherever they lie, become imports of their neighbours. */
const rewired = (code: string): string =>
  code.replace(
    /(from\s+")(?:@\/lib\/\w+|\.)\/([\w-]+)"/gu,
    (_, before: string, file: string) => `${before}./${NAMES.get(file) ?? file}.js"`,
  );

export async function writeClientPackage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
  };
  for (const [name, file] of Object.entries(MODULES)) {
    const source = await readFile(file, "utf8");
    await write(
      `${name}.js`,
      rewired(ts.transpileModule(source, { compilerOptions: options }).outputText) +
        (name === "index" ? REEXPORTS : ""),
    );
    if (name !== "ai-sdk") continue;
    const declared = ts.transpileDeclaration(source, {
      compilerOptions: { ...options, isolatedDeclarations: true, declaration: true },
    }).outputText;
    await write("ai-sdk.d.ts", rewired(declared).replaceAll('"./api.js"', '"./index.js"'));
  }
  await write("index.d.ts", clientTypes());
  await write("tool-schemas.js", `export const toolSchemas = ${JSON.stringify(toolSchemas, null, 2)};\n`);
  await write("tool-schemas.d.ts", TOOL_TYPES(Object.keys(toolSchemas)));
  await write("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
  await write("README.md", await readFile("docs/client.md", "utf8"));
}

const REEXPORTS = 'export { ApiError, isApiError, isPassing } from "./api-error.js";\n';

const TOOL_TYPES = (
  names: readonly string[],
) => `export interface ToolSchema { readonly operation: string; readonly title: string; readonly description: string; readonly fixed?: Readonly<Record<string, unknown>>; readonly renamed?: Readonly<Record<string, string>>; readonly inputSchema: Record<string, unknown> }
export declare const toolSchemas: Readonly<Record<${names.map((name) => JSON.stringify(name)).join(" | ")}, ToolSchema>>;
`;

const manifest = {
  name: "palimpsest-client",
  version: packageJson.version,
  description:
    "Typed client of Palimpsest, made from its table of operations, with tools and a middleware for the AI SDK.",
  license: packageJson.license,
  type: "module",
  exports: {
    ".": { types: "./index.d.ts", default: "./index.js" },
    "./ai-sdk": { types: "./ai-sdk.d.ts", default: "./ai-sdk.js" },
  },
  engines: { node: ">=18" },
  sideEffects: false,
  peerDependencies: { ai: "^6.0.0" },
  peerDependenciesMeta: { ai: { optional: true } },
};

if (process.argv[1]?.endsWith("client-package.ts")) {
  const folder = path.resolve(process.argv[2] ?? "dist/client");
  await writeClientPackage(folder);
  console.log(`The client is in ${folder}. Install it with: npm install ${folder}`);
}
