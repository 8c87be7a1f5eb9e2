/** What the container files promise, as far as it can be read without an engine to run them. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
}
const compose = parse(readFileSync("compose.yaml", "utf8")) as {
  readonly services: Readonly<Record<"palimpsest" | "database", Service>>;
  readonly configs: { readonly role: { readonly content: string } };
}; // the form that the tests below hold it to
const dockerfile = readFileSync("Dockerfile", "utf8");
const ignored = readFileSync(".dockerignore", "utf8").split("\n");
/** Settings by their whole names, and the families of model endpoints. */
const source = readFileSync("lib/env.ts", "utf8");
const known = (name: string) =>
  source.includes(`"${name}"`) || source.includes(`"${name.replace(/_(?:URL|MODEL|KEY)$/u, "")}"`);

describe("the container files", () => {
  it("set nothing that the server does not read", () => {
    const inImage = [...dockerfile.matchAll(/^ENV (.*)$/gmu)].flatMap(([, pairs = ""]) =>
      [...pairs.matchAll(/([A-Z_]+)=/gu)].map(([, name = ""]) => name),
    );
    const names = [...inImage, ...Object.keys(compose.services.palimpsest.environment)];
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !known(name))).toEqual([]);
    expect(known("PALIMPSEST_NO_SUCH_THING")).toBe(false);
  });

  it("run the server as nobody special, and let it write to its data alone", () => {
    const stage = dockerfile.slice(dockerfile.lastIndexOf("FROM "));
    expect(stage.lastIndexOf("USER node")).toBeGreaterThan(stage.lastIndexOf("RUN "));
    expect(compose.services.palimpsest).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
  });

  it("come to the database as a role that row-level security binds, not as its superuser", () => {
    const { username } = new URL(
      (compose.services.palimpsest.environment["DATABASE_URL"] ?? "").replace(/\$\{[^}]*\}/gu, "x"),
    );
    expect(username).not.toBe(compose.services.database.environment["POSTGRES_USER"] ?? "postgres");
    expect(compose.configs.role.content).toContain(`CREATE ROLE ${username} LOGIN NOSUPERUSER NOBYPASSRLS`);
  });

  it("hold no password, are reached from this machine alone, and take no local state into the image", () => {
    const values = Object.values(compose.services).flatMap(({ environment }) => Object.entries(environment));
    for (const [name, value] of values) if (/PASSWORD|KEY/u.test(name)) expect(value, name).toMatch(/^\$\{/u);
    expect(compose.services.palimpsest.ports).toEqual(["127.0.0.1:4747:4747"]);
    expect(compose.services.database.ports).toBeUndefined();
    for (const folder of ["node_modules", ".next", ".git", ".palimpsest", ".env*"])
      expect(ignored).toContain(folder);
  });
});
