import { handle } from "@/lib/transport/handle";

// Read scope. Who is calling.
export const GET = handle("sessions.get");
