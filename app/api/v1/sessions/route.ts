import { handle } from "@/lib/transport/handle";

// Read scope; everybody their own.
export const GET = handle("sessions.list");
export const DELETE = handle("sessions.endAll");
