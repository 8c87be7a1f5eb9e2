import { queryOptions } from "@tanstack/react-query";
import { errorFromResponse, errorFromThrow } from "./api-error";

/** The OpenAPI document that the server makes of its own table; it changes with the server only. */
export const reference = queryOptions({
  queryKey: ["reference"],
  queryFn: ({ signal }) => loadReference(signal),
  staleTime: Infinity,
});

async function loadReference(signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch("/api/v1/openapi.json", { signal });
    if (!response.ok) throw await errorFromResponse(response);
    return await response.json();
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw errorFromThrow(thrown);
  }
}
