import { handle } from "@/lib/transport/handle";

// Read scope. Addresses and names, never a key.
export const GET = handle("models.list");
