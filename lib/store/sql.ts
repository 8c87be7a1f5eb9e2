import { Prisma } from "@/lib/store/generated/client";

/** Parts of parameterised SQL, so that queries can be composed without the client itself. */
export type Sql = Prisma.Sql;
export const sql = Prisma.sql;
export const noSql = Prisma.empty;
/** A constant of our own code, never anything that came in. */
export const constantSql = Prisma.raw;
export const joinSql = Prisma.join;
