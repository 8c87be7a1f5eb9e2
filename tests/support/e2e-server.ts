/** How the browser tests reach the server that playwright.config.ts starts for them. */
export const E2E_PORT = Number(process.env["E2E_PORT"] ?? 4757);
export const E2E_ADDRESS = `http://127.0.0.1:${E2E_PORT}`;

/** A key with every scope, known to that server only. */
export const E2E_ADMIN_KEY = process.env["E2E_ADMIN_KEY"] ?? "an-admin-key-for-browser-tests";
