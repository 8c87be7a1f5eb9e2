import { changePasswordResponse } from "@/lib/transport/sign-in";

// A person who signed in by name; other browsers of theirs are signed out.
export const POST = changePasswordResponse;
