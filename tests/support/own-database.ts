/** A database that a test file has for itself, because what it tests is about every workspace there is. */
import { Client } from "pg";
import { inject } from "vitest";

import { migrate } from "@/lib/store/migrate";
import { disconnect } from "@/lib/store/prisma";
import { superuserAddress } from "./superuser";

/** From here on the code under test uses it; the answer puts the usual one back and drops it. */
export async function ownDatabase(purpose: string): Promise<() => Promise<void>> {
  const usual = process.env.DATABASE_URL;
  const name = `${purpose}_${process.pid}`;
  const admin = new Client({ connectionString: await superuserAddress(inject("dataDir")) });
  await admin.connect();
  const own = new URL(inject("databaseUrl"));
  await admin.query(`CREATE DATABASE ${name} OWNER ${own.username}`);
  own.pathname = `/${name}`;
  await migrate(own.href);
  await disconnect();
  process.env.DATABASE_URL = own.href;
  return async () => {
    await disconnect();
    process.env.DATABASE_URL = usual;
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  };
}
