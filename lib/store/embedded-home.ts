/**
 * Where the embedded database lives inside a data folder. Root runs PostgreSQL as `nobody`, who cannot pass through
 * folders such as /root; then the database lives in /var/lib/palimpsest and the data folder holds a link to it.
 */
import { randomUUID } from "node:crypto";
import { existsSync, lstatSync, statSync } from "node:fs";
import { realpath, symlink } from "node:fs/promises";
import path from "node:path";

import { makePassable, runsAsRoot } from "@/lib/store/embedded-programs";

/** Files of one embedded database. All are below `home`, which is a real path that PostgreSQL's user can reach. */
export interface EmbeddedHome {
  readonly home: string;
  readonly lock: string;
  /** Cluster and credentials together: they are made and moved into place as one. */
  readonly instance: string;
  readonly cluster: string;
  readonly credentials: string;
  readonly log: string;
}

const REACHABLE_PARENT = "/var/lib/palimpsest";
const OTHERS_MAY_PASS = 0o001;

/** Creates the home of `dataDir`'s database if needed. Two processes that do so at once end with the same one. */
export async function embeddedHome(dataDir: string): Promise<EmbeddedHome> {
  const link = path.join(dataDir, "postgres");
  await makePassable(dataDir);
  if (!present(link)) await createHome(link);
  if (!existsSync(link)) {
    throw new Error(
      `${link} points to a database folder that is gone. Remove the link to begin with an empty database.`,
    );
  }
  return filesOf(await realpath(link));
}

/** The files of an instance that is still being made beside the final one. */
export function draftInstance(
  files: EmbeddedHome,
): Pick<EmbeddedHome, "instance" | "cluster" | "credentials"> {
  return instanceIn(path.join(files.home, `instance-draft-${randomUUID()}`));
}

function filesOf(home: string): EmbeddedHome {
  return {
    home,
    lock: path.join(home, "lock"),
    log: path.join(home, "server.log"),
    ...instanceIn(path.join(home, "instance")),
  };
}

function instanceIn(instance: string) {
  return {
    instance,
    cluster: path.join(instance, "cluster"),
    credentials: path.join(instance, "credentials.json"),
  };
}

function present(link: string): boolean {
  return lstatSync(link, { throwIfNoEntry: false }) !== undefined;
}

async function createHome(link: string): Promise<void> {
  if (!runsAsRoot || isPassable(path.dirname(link))) return makePassable(link);
  const elsewhere = path.join(REACHABLE_PARENT, randomUUID());
  await makePassable(elsewhere);
  await symlink(elsewhere, link).catch((error: unknown) => {
    if (!present(link)) throw error;
  });
}

/** Whether every user may pass through `folder` and all folders above it. */
function isPassable(folder: string): boolean {
  const above = path.dirname(folder);
  const open = (statSync(folder).mode & OTHERS_MAY_PASS) !== 0;
  return open && (above === folder || isPassable(above));
}
