import { handle } from "@/lib/transport/handle";

// Read scope. Logs what was shown, and changes nothing that is ranked.
export const POST = handle("recall");
