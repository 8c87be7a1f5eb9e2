import { handle } from "@/lib/transport/handle";

// Read scope: entities and relations around one, the way between two, or the map.
export const GET = handle("graph.get");
