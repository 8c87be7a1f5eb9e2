import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

/**
 * The linter is a promise about every future file, so these tests give it files that break one rule each. They do not
 * exist on disk; rules that need the type checker are switched off, because it knows only files that do.
 */
const typed = ["no-floating-promises", "no-misused-promises", "switch-exhaustiveness-check"];
const eslint = new ESLint({
  overrideConfig: [
    { languageOptions: { parserOptions: { projectService: false } } },
    { rules: Object.fromEntries(typed.map((rule) => [`@typescript-eslint/${rule}`, "off"])) },
  ],
});

async function rulesBrokenBy(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath });
  const broken = (result?.messages ?? []).filter(
    (message) => message.ruleId !== "@typescript-eslint/no-unused-vars",
  );
  return [...new Set(broken.map((message) => message.ruleId))];
}

const lines = (count: number, line = "export {};") => Array.from({ length: count }, () => line).join("\n");

describe("import arrows", () => {
  it.each([
    ["lib/domain/a.ts", 'import { z } from "zod";\nexport const a = z;'],
    ["lib/domain/a.ts", 'import { createHash } from "node:crypto";\nexport const a = createHash;'],
    ["lib/domain/a.ts", 'import { env } from "@/lib/env";\nexport const a = env;'],
    ["lib/domain/a.ts", 'import { env } from "../env";\nexport const a = env;'],
    ["lib/domain/a.ts", 'export { migrate as a } from "@/lib/store/migrate";\nexport const b = 1;'],
    ["lib/contracts/a.ts", 'import { a } from "@/lib/store/append";\nexport const b = a;'],
    ["lib/store/a.ts", 'import { a } from "@/lib/search/index-cache";\nexport const b = a;'],
    ["lib/models/a.ts", 'import { a } from "@/lib/search/index-cache";\nexport const b = a;'],
    ["lib/models/a.ts", 'import { a } from "@/lib/store/load";\nexport const b = a;'],
    ["lib/search/a.ts", 'import { a } from "@/lib/queries/recall";\nexport const b = a;'],
    ["lib/queries/a.ts", 'import { a } from "@/lib/commands/revert";\nexport const b = a;'],
    ["lib/queries/a.ts", 'import { a } from "@/lib/contracts/memory";\nexport const b = a;'],
    ["lib/queries/a.ts", 'export const b = () => import("@/lib/commands/revert");'],
    ["lib/commands/a.ts", 'import { PrismaClient } from "@prisma/client";\nexport const b = PrismaClient;'],
    ["lib/commands/a.ts", 'import { Client } from "pg";\nexport const b = Client;'],
    ["lib/transport/a.ts", 'import { a } from "@/lib/store/load";\nexport const b = a;'],
    ["lib/commands/a.ts", 'import { a } from "@/lib/contracts/memory";\nexport const b = a;'],
    ["lib/transport/a.ts", 'import { z } from "zod";\nexport const b = z;'],
    ["lib/client/a.ts", 'import { a } from "@/lib/queries/recall";\nexport const b = a;'],
    ["components/ui/a.tsx", 'import { a } from "@/lib/client/api";\nexport const b = a;'],
    ["components/charts/a.tsx", 'import { a } from "@/lib/client/api";\nexport const b = a;'],
    ["components/memory/a.tsx", 'import { a } from "@/lib/queries/recall";\nexport const b = a;'],
    ["components/memory/a.tsx", 'import { readFile } from "node:fs/promises";\nexport const b = readFile;'],
    ["app/memories/page.tsx", 'import { a } from "@/lib/store/load";\nexport const b = a;'],
    ["app/api/v1/memories/route.ts", 'import { a } from "@/lib/commands/revert";\nexport const b = a;'],
    ["lib/commands/a.ts", 'import { a } from "@/tests/support/database";\nexport const b = a;'],
  ])("are closed from %s to %j", async (filePath, code) => {
    expect(await rulesBrokenBy(filePath, code)).toEqual(["house/arrows"]);
  });

  it.each([
    ["lib/domain/a.ts", 'import { b } from "@/lib/domain/b";\nexport const a = b;'],
    ["lib/queries/a.ts", 'import type { Memory } from "@/lib/contracts/memory";\nexport type A = Memory;'],
    ["lib/commands/a.ts", 'import { a } from "@/lib/search/index-cache";\nexport const b = a;'],
    ["lib/queries/a.ts", 'import { a } from "@/lib/search/index-cache";\nexport const b = a;'],
    ["lib/commands/a.ts", 'import { a } from "@/lib/contracts/parse";\nexport const b = a;'],
    ["lib/transport/a.ts", 'import { a } from "@/lib/store/feed";\nexport const b = a;'],
    ["lib/search/a.ts", 'import { a } from "@/lib/store/load";\nexport const b = a;'],
    ["lib/store/a.ts", 'import { PrismaPg } from "@prisma/adapter-pg";\nexport const b = PrismaPg;'],
    ["lib/contracts/a.ts", 'import { z } from "zod";\nexport const b = z;'],
    ["app/api/v1/memories/route.ts", 'import { a } from "@/lib/transport/handle";\nexport const b = a;'],
    ["tests/laws/a.test.ts", 'import { a } from "@/lib/store/load";\nexport const b = a;'],
  ])("are open from %s to %j", async (filePath, code) => {
    expect(await rulesBrokenBy(filePath, code)).toEqual([]);
  });

  it("lead nowhere in a circle", async () => {
    const code =
      'import { ensureDatabase } from "@/lib/store/embedded-postgres";\nexport const a = ensureDatabase;';
    expect(await rulesBrokenBy("lib/store/exclusive-lock.ts", code)).toEqual(["house/no-cycle"]);
  });
});

describe("bans", () => {
  it.each([
    ["lib/commands/a.ts", "export const a = process.env.PORT;", "no-restricted-syntax"],
    ["lib/domain/a.ts", "export const a = () => Date.now();", "no-restricted-syntax"],
    ["lib/domain/a.ts", "export const a = () => new Date();", "no-restricted-syntax"],
    ["lib/domain/a.ts", "export const a = () => Math.random();", "no-restricted-syntax"],
    ["lib/domain/a.ts", "export const a = (b: number) => b * 24;", "@typescript-eslint/no-magic-numbers"],
    ["lib/store/a.ts", "export const a = (b: any) => b;", "@typescript-eslint/no-explicit-any"],
    [
      "lib/store/a.ts",
      "export const a = (b: string[]) => b[0]!;",
      "@typescript-eslint/no-non-null-assertion",
    ],
    ["lib/store/a.ts", "export const a = (b: unknown) => b as string;", "house/explained-assertion"],
    ["lib/store/a.ts", 'export * from "@/lib/store/migrate";', "house/no-barrel"],
    ["lib/store/a.ts", 'export { migrate } from "@/lib/store/migrate";', "house/no-barrel"],
    ["lib/store/a.ts", "// TO" + "DO later\nexport const a = 1;", "no-warning-comments"],
    [
      "lib/store/a.ts",
      "export const a = (b: 1, c: 2, d: 3, e: 4) => [b, c, d, e];",
      "@typescript-eslint/max-params",
    ],
  ])("%s may not hold %j", async (filePath, code, rule) => {
    expect(await rulesBrokenBy(filePath, code)).toEqual([rule]);
  });

  it("let a reason above an assertion and a parameter's number pass", async () => {
    const explained =
      "export function a(b: unknown) {\n  // Checked by the caller.\n  return b as string;\n}";
    expect(await rulesBrokenBy("lib/store/a.ts", explained)).toEqual([]);
    expect(
      await rulesBrokenBy("lib/domain/parameters.ts", "export const a = (b: number) => b * 24;"),
    ).toEqual([]);
    expect(await rulesBrokenBy("lib/domain/a.ts", "export const a = (b: number) => new Date(b);")).toEqual(
      [],
    );
  });
});

describe("budgets", () => {
  it.each([
    ["lib/store/a.ts", lines(401), "max-lines"],
    ["app/api/v1/memories/route.ts", lines(31), "max-lines"],
    ["app/memories/page.tsx", lines(21), "max-lines"],
    [
      "lib/store/a.ts",
      `export function a() {\n${lines(70, "  console.log(1);")}\n}`,
      "max-lines-per-function",
    ],
    [
      "components/memory/a.tsx",
      `export function A() {\n${lines(120, "  console.log(1);")}\n}`,
      "max-lines-per-function",
    ],
  ])("stop a file %s that is too long", async (filePath, code, rule) => {
    expect(await rulesBrokenBy(filePath, code)).toEqual([rule]);
  });

  it.each([
    ["lib/store/a.ts", lines(400)],
    ["app/api/v1/memories/route.ts", lines(30)],
    ["app/memories/page.tsx", lines(20)],
    ["components/memory/a.tsx", `export function A() {\n${lines(100, "  console.log(1);")}\n}`],
    ["tests/laws/a.test.ts", `export function a() {\n${lines(200, "  console.log(1);")}\n}`],
  ])("leave %s alone within them", async (filePath, code) => {
    expect(await rulesBrokenBy(filePath, code)).toEqual([]);
  });
});
