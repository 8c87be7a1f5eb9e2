import { fromProviderResponse } from "@/lib/transport/provider";

// Back from the identity provider.
export const GET = fromProviderResponse;
