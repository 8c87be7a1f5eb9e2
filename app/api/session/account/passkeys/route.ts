import {
  newPasskeyQuestionResponse,
  newPasskeyResponse,
  removePasskeyResponse,
} from "@/lib/transport/sign-in";

// A person who signed in by name: the question, what the device signed, and away with one.
export const POST = newPasskeyQuestionResponse;
export const PUT = newPasskeyResponse;
export const DELETE = removePasskeyResponse;
