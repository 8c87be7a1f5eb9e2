import { handle } from "@/lib/transport/handle";

// Admin scope. Backups of the whole installation, kept in the data folder of the server.
export const GET = handle("backups.list");
export const POST = handle("backups.create");
