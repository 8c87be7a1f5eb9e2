/** How the system's browser is started, by the browser tests and by what measures pages. */

const asRoot = process.getuid?.() === 0;

export const CHROMIUM = {
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  // The last five keep the browser from asking its maker for anything; a closed network would refuse it.
  args: [
    ...(asRoot ? ["--no-sandbox"] : []),
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
