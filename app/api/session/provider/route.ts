import { toProviderResponse } from "@/lib/transport/provider";

// Anyone: to the identity provider, where one is configured.
export const GET = toProviderResponse;
