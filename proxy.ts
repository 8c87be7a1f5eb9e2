import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/lib/env";

/** Every page gets a policy with a nonce of its own: a script that was not written by this very answer does not run. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pages alone: neither the API, which has a policy without any source, nor files, which run nothing. */
export const config = {
  matcher: [
    { source: "/((?!api/|_next/static|_next/image|.*\\.(?:svg|ico|png|webmanifest|ndjson|txt)$).*)" },
  ],
};

/**
 * Styles may be inline, because positions and widths of charts and virtual lists are style attributes, which no nonce covers.
 * Development alone needs eval, for fast refresh.
 */
function contentSecurityPolicy(nonce: string): string {
  const evaluated = env.isProduction ? "" : " 'unsafe-eval'";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluated}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
