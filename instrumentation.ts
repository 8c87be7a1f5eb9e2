/** Next calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { keepBackups } = await import("@/lib/commands/backup/keep-backups");
  keepBackups();
  const { keepCycles } = await import("@/lib/commands/cycle/schedule-cycles");
  keepCycles();
  const { keepWebhooks } = await import("@/lib/commands/webhooks/keep-webhooks");
  keepWebhooks();
  const { warmUp } = await import("@/lib/search/warm-up");
  // Beside everything else; a recall that comes earlier waits for the same index, and tells its caller of any failure.
  void warmUp().catch((error: unknown) =>
    console.warn(`The index will be loaded by the first recall: ${String(error)}`),
  );
}
