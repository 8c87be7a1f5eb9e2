import { prismaAdapter } from "better-auth/adapters/prisma";
import { prisma } from "./prisma";

/** How the library for sign-in reads and writes people. */
export const personAdapter = () => prismaAdapter(prisma(), { provider: "postgresql" });
