import { expect } from "vitest";

import { OPERATION_IDS, operations, type OperationId } from "@/lib/contracts/operations";
import { Refusal } from "@/lib/domain/errors";

/** The answer itself, after proving that it has exactly the shape that its operation promises: nothing missing, nothing more. */
export function answered<T>(operation: OperationId, answer: T): T {
  expect(OPERATION_IDS).toContain(operation);
  expect(operations[operation].output.parse(answer)).toEqual(answer);
  return answer;
}

/** The refusal that a call ends in; a call that succeeds fails the test. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(Refusal);
  return outcome as Refusal;
}
