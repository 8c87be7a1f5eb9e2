import { defineConfig } from "prisma/config";

import { env } from "./lib/env";

// The address matters to `prisma studio` and `prisma migrate deploy`; generating the client does not connect.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: env.databaseUrl ?? "postgresql://localhost/palimpsest" },
});
