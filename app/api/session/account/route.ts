import { accountResponse } from "@/lib/transport/sign-in";

// A person who signed in by name, about their own account.
export const GET = accountResponse;
