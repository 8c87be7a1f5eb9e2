import { passkeyQuestionResponse, passkeyResponse } from "@/lib/transport/sign-in";

// Anyone with a passkey here: the question first, then what their device signed.
export const POST = passkeyQuestionResponse;
export const PUT = passkeyResponse;
