/** Starts `writer.ts` as a process of its own and gathers what it acknowledges. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Acknowledged {
  readonly id: string;
  readonly seq: number;
}

export interface Writer {
  readonly process: ChildProcess;
  readonly acknowledged: readonly Acknowledged[];
  readonly go: () => void;
  /** Resolves with the exit code once it has ended and all it said was read. */
  readonly ended: Promise<number | null>;
}

const FILE = fileURLToPath(new URL("writer.ts", import.meta.url));

export async function startWriter(
  url: string,
  args: { workspaceId: string; seed: number; count: number },
): Promise<Writer> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", FILE, args.workspaceId, String(args.seed), String(args.count)],
    {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const acknowledged: Acknowledged[] = [];
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => {
      if (line === "ready") resolve();
      // A line that was cut off by the kill acknowledged nothing.
      else if (line.endsWith("}")) acknowledged.push(JSON.parse(line) as Acknowledged); // written by the writer
    });
    child.once("exit", () => reject(new Error("the writer ended before it was ready")));
  });
  const read = once(lines, "close");
  const ended = once(child, "exit").then(async ([code]: unknown[]) => {
    await read;
    return typeof code === "number" ? code : null;
  });
  await ready;
  return { process: child, acknowledged, ended, go: () => void child.stdin.write("go\n") };
}
