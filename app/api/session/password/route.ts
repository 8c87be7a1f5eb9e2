import { passwordResponse } from "@/lib/transport/sign-in";

// Anyone with an account signs in.
export const POST = passwordResponse;
