import { protectedResourceMetadata } from "@/lib/transport/mcp";

// No credential: it says how to get one.
export const GET = protectedResourceMetadata;
