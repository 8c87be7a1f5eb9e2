import { afterEach, describe, expect, it, vi } from "vitest";

import { env, EnvironmentError } from "@/lib/env";

/** Reads one setting and returns the refusal it utters. */
function refusal(read: () => unknown): EnvironmentError {
  try {
    read();
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
  throw new Error("The setting was accepted.");
}

describe("the environment", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("has defaults that need no setting", () => {
    for (const name of [
      "PORT",
      "HOST",
      "DATABASE_URL",
      "PALIMPSEST_EMBED_URL",
      "PALIMPSEST_LLM_URL",
      "PALIMPSEST_CYCLE",
    ])
      vi.stubEnv(name, "");
    expect([
      env.port,
      env.host,
      env.databaseUrl,
      env.embeddingEndpoint,
      env.languageModelEndpoint,
      env.cycleTimer,
    ]).toEqual([4747, "127.0.0.1", null, null, null, true]);
  });

  it.each([
    ["PORT", "80a", () => env.port, "from 1 to 65535"],
    ["PORT", "70000", () => env.port, "from 1 to 65535"],
    ["DATABASE_URL", "mysql://x/y", () => env.databaseUrl, "postgresql://"],
    ["PALIMPSEST_ADMIN_KEY", "short", () => env.adminKey, "openssl rand"],
    ["PALIMPSEST_CYCLE", "maybe", () => env.cycleTimer, "on or off"],
    ["PALIMPSEST_NO_OPEN", "perhaps", () => env.opensBrowser, "1 or 0"],
    ["PALIMPSEST_LLM_URL", "localhost:1", () => env.languageModelEndpoint, "http://"],
  ])("names %s and the remedy when it is %j", (variable, value, read, remedy) => {
    vi.stubEnv(variable, value);
    const error = refusal(read);
    expect(error.variable).toBe(variable);
    expect(error.message).toContain(variable);
    expect(error.message).toContain(remedy);
  });

  it("asks for the missing half of an endpoint", () => {
    vi.stubEnv("PALIMPSEST_EMBED_URL", "http://127.0.0.1:9/v1/");
    expect(refusal(() => env.embeddingEndpoint).variable).toBe("PALIMPSEST_EMBED_MODEL");
    vi.stubEnv("PALIMPSEST_EMBED_MODEL", "m");
    expect(refusal(() => env.embeddingEndpoint).variable).toBe("PALIMPSEST_EMBED_DIMENSIONS");
    vi.stubEnv("PALIMPSEST_EMBED_DIMENSIONS", "384");
    expect(env.embeddingEndpoint).toEqual({
      url: "http://127.0.0.1:9/v1",
      model: "m",
      key: null,
      dimensions: 384,
    });
  });

  it("keeps a refused key out of the message", () => {
    vi.stubEnv("PALIMPSEST_ADMIN_KEY", "hunter2");
    expect(refusal(() => env.adminKey).message).not.toContain("hunter2");
  });

  it("gives helper programs none of our secrets", () => {
    vi.stubEnv("PALIMPSEST_ADMIN_KEY", "a-key-that-is-long-enough");
    expect(Object.keys(env.systemVariables)).not.toContain("PALIMPSEST_ADMIN_KEY");
    expect(env.systemVariables["PATH"]).toBe(process.env["PATH"]);
  });
});
