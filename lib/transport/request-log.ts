import { env } from "@/lib/env";

/** Names, numbers and ids: no header, no query, no body, so that neither a secret nor a text can get into it. */
export interface RequestLine {
  readonly requestId: string;
  readonly operation: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly actor: string | null;
  readonly workspaceId: string | null;
}

const LOWEST_REFUSAL = 400;
const LOWEST_FAULT = 500;
const LOCAL = new Set(["127.0.0.1", "localhost", "::1"]);

/** One line of JSON: of what was refused or failed, and of every request where a server is for others than this machine. */
export function logRequest(line: RequestLine): void {
  if (!env.isProduction) return;
  if (line.status < LOWEST_REFUSAL && LOCAL.has(env.host)) return;
  const level = line.status >= LOWEST_FAULT ? "error" : line.status >= LOWEST_REFUSAL ? "warn" : "info";
  const text = JSON.stringify({ level, at: new Date().toISOString(), ...line });
  if (level === "info") console.log(text);
  else console.warn(text);
}
