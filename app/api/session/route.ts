import { endSessionResponse, startSessionResponse } from "@/lib/transport/session";

// Anyone with a one-time link or a key signs in; the browser signs itself out.
export const POST = startSessionResponse;
export const DELETE = endSessionResponse;
