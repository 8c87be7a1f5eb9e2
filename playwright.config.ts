import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { defineConfig, devices } from "@playwright/test";

import { CHROMIUM } from "./scripts/chromium";
import { E2E_ADDRESS, E2E_ADMIN_KEY, E2E_PORT } from "./tests/support/e2e-server";

// Workers read this file again; they inherit the folder that the first process made and leave it in place.
const inherited = process.env["PALIMPSEST_E2E_DATA"];
const dataDir = inherited ?? mkdtempSync(path.join(tmpdir(), "palimpsest e2e-"));
process.env["PALIMPSEST_E2E_DATA"] = dataDir;
if (inherited === undefined) {
  // Root runs the database as `nobody`, who has to get in.
  chmodSync(dataDir, 0o711);
  process.on("exit", () => rmSync(dataDir, { recursive: true, force: true }));
}

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices["Desktop Chrome"],
    baseURL: E2E_ADDRESS,
    locale: "en-GB",
    timezoneId: "UTC",
    // Actions, console and network of what fails; pictures of every step would cost all tests a quarter of their time.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: false },
    screenshot: "only-on-failure",
    launchOptions: CHROMIUM,
  },
  webServer: {
    command: "node --import tsx scripts/serve.ts",
    url: `${E2E_ADDRESS}/api/health`,
    timeout: 90_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "ignore",
    stderr: "pipe",
    env: {
      PORT: String(E2E_PORT),
      HOST: "127.0.0.1",
      DATABASE_URL: "",
      PALIMPSEST_DATA_DIR: dataDir,
      PALIMPSEST_ADMIN_KEY: E2E_ADMIN_KEY,
      PALIMPSEST_NO_OPEN: "1",
      PALIMPSEST_CYCLE: "off",
    },
  },
});
