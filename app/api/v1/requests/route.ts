import { handle } from "@/lib/transport/handle";

// Read scope.
export const GET = handle("requests.list");
