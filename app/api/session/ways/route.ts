import { waysResponse } from "@/lib/transport/sign-in";

// Anyone: what the sign-in page offers.
export const GET = waysResponse;
