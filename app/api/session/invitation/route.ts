import { invitationResponse, joinAsYourselfResponse, joinResponse } from "@/lib/transport/sign-in";

// Anyone who holds an invitation reads it, and comes in by it.
export const POST = invitationResponse;
export const PUT = joinResponse;
export const PATCH = joinAsYourselfResponse;
