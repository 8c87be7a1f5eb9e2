import { handle } from "@/lib/transport/handle";

// Beside the ledger: a test moves nothing.
export const GET = handle("testQuestions.list");
export const POST = handle("testQuestions.save");
