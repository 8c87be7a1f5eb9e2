import { passwordLinkResponse, resetPasswordResponse } from "@/lib/transport/sign-in";

// Anyone who holds the link reads whose it is, and sets the password, once.
export const POST = passwordLinkResponse;
export const PUT = resetPasswordResponse;
