import { healthResponse } from "@/lib/transport/health";

// Anyone, without a credential: liveness, with the heads of ledger and projection.
export const GET = healthResponse;
export const dynamic = "force-dynamic";
