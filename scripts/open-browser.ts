import { spawn } from "node:child_process";

/** Shows `address` in the person's browser. A computer without one loses nothing: the address is printed too. */
export function openBrowser(address: string): void {
  const [command, ...args] = openCommand(address);
  if (command === undefined) return;
  const child = spawn(command, args, { detached: true, stdio: "ignore" });
  child.once("error", () => undefined);
  child.unref();
}

function openCommand(address: string): string[] {
  if (process.platform === "darwin") return ["open", address];
  // `start` takes its first quoted argument for a window title.
  if (process.platform === "win32") return ["cmd", "/c", "start", "", address.replaceAll("&", "^&")];
  const hasDisplay = Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
  return hasDisplay ? ["xdg-open", address] : [];
}
