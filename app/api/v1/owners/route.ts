import { handle } from "@/lib/transport/handle";

// Read scope: whose memories there are, with their counts.
export const GET = handle("owners.list");
