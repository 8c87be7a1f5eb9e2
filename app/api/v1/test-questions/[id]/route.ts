import { handle } from "@/lib/transport/handle";

export const DELETE = handle("testQuestions.delete");
