import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isApiError, isPassing } from "./api-error";

const FRESH_MS = 30_000;

/** An earlier state moves no more, so what was read of it stays fresh. */
export function createEarlierClient(onSignedOut: () => void): QueryClient {
  const client = createQueryClient(onSignedOut);
  const { queries = {}, ...others } = client.getDefaultOptions();
  client.setDefaultOptions({ ...others, queries: { ...queries, staleTime: Infinity } });
  return client;
}

const RETRIES = 2;

/** What passes by itself is tried again; a refusal is not. A lost session is told once, wherever it is noticed. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isApiError(error) && error.code === "unauthenticated") onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < RETRIES && isPassing(error),
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
