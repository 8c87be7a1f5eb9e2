import { handle } from "@/lib/transport/handle";

// Read scope; everybody their own.
export const DELETE = handle("sessions.end");
