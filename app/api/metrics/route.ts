import { prometheusResponse } from "@/lib/transport/prometheus";

// Read scope: counters of this process, gauges of the key's workspace.
export const GET = prometheusResponse;
