/** GET and POST /backups: who may, and what they are told. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { only, tenant, type Tenant } from "../support/tenant";
import { rest } from "../support/rest";
import { ownDatabase } from "../support/own-database";
import { temporaryFolder } from "../support/temporary-folder";

const usualFolder = process.env.PALIMPSEST_DATA_DIR;
let t: Tenant;
let leave: () => Promise<void>;

beforeAll(async () => {
  leave = await ownDatabase("backups");
  process.env.PALIMPSEST_DATA_DIR = await temporaryFolder("backups");
  t = await tenant();
});

afterAll(async () => {
  await leave();
  process.env.PALIMPSEST_DATA_DIR = usualFolder;
});

describe("backups", () => {
  it("are listed with their schedule, which is off until somebody turns it on", async () => {
    const listed = (await t.owner.get("/backups")).as("backups.list");
    expect(listed).toMatchObject({ items: [], schedule: { intervalHours: 0, keep: 7 } });
  });

  it("made by hand hold every workspace, and are then listed", async () => {
    await t.remember("kept for ever");
    const made = (await t.owner.post("/backups", {})).as("backups.create");
    expect(made).toMatchObject({ workspaces: 1, changes: 1 });
    expect(made.backup.bytes).toBeGreaterThan(0);
    const listed = (await t.owner.get("/backups")).as("backups.list");
    expect(only(listed.items)).toMatchObject({ name: made.backup.name, scheduled: false });
  });

  it("are no matter of who owns one workspace alone: they hold the others too", async () => {
    const { secret } = (await t.owner.post("/workspaces", { name: "another" })).as("workspaces.create");
    (await rest(secret).get("/backups")).problem("forbidden");
    (await rest(secret).post("/backups", {})).problem("forbidden");
  });

  it("are no matter of a key without the scope admin", async () => {
    const reader = await t.keyWith(["read", "write", "curate"]);
    (await reader.get("/backups")).problem("forbidden");
    (await reader.post("/backups", {})).problem("forbidden");
  });
});
