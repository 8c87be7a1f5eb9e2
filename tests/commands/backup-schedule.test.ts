/** That scheduled backups are made when they are due, as many kept as were asked for, and a person's left alone. */
import { readdir } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { keptBackups, makeBackup } from "@/lib/commands/backup/backup-folder";
import { backUpWhenDue } from "@/lib/commands/backup/keep-backups";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { millis } from "@/lib/domain/ids";
import { ownDatabase } from "../support/own-database";
import { temporaryFolder } from "../support/temporary-folder";
import { freshWorkspace, HOUR, type TestWorkspace } from "../support/workspace";

const START = Date.UTC(2026, 10, 23, 6);
const usualFolder = process.env.PALIMPSEST_DATA_DIR;
let first: TestWorkspace;
let folder: string;
let leave: () => Promise<void>;

// A backup holds every workspace there is, and its interval is the first one's.
beforeAll(async () => {
  leave = await ownDatabase("backup_schedule");
  first = await freshWorkspace();
});

afterAll(async () => {
  await leave();
  process.env.PALIMPSEST_DATA_DIR = usualFolder;
});

beforeEach(async () => {
  folder = await temporaryFolder("scheduled");
  process.env.PALIMPSEST_DATA_DIR = folder;
});

const tune = (name: string, value: number) => tuneParameter(first.owner, { name, value });

describe("a scheduled backup", () => {
  it("is not made while the interval is 0", async () => {
    await tune("backup.intervalHours", 0);
    expect(await backUpWhenDue(START)).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it("is made when the interval has passed since the last, and the oldest go, but none that a person made", async () => {
    await tune("backup.intervalHours", 6);
    await tune("backup.keep", 2);
    const own = await makeBackup(() => millis(START - HOUR), { scheduled: false });
    expect(await backUpWhenDue(START)).toBe("palimpsest-scheduled-20261123T060000Z.ndjson.gz");
    expect(await backUpWhenDue(START + 5 * HOUR)).toBeNull();
    for (const hours of [6, 12, 18]) expect(await backUpWhenDue(START + hours * HOUR)).not.toBeNull();
    expect((await keptBackups()).map(({ name, scheduled }) => [name, scheduled])).toEqual([
      ["palimpsest-scheduled-20261124T000000Z.ndjson.gz", true],
      ["palimpsest-scheduled-20261123T180000Z.ndjson.gz", true],
      [own.name, false],
    ]);
    expect((await readdir(path.join(folder, "backups"))).every((name) => name.endsWith(".ndjson.gz"))).toBe(
      true,
    );
  });
});
