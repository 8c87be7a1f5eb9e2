import { createMemories } from "./create-memory";
import { parseCreateMemory } from "@/lib/contracts/parse";
import type { Context } from "./context";
import type { CreateMemoryIn, MemoryOut } from "@/lib/contracts/memory";

interface ItemOut {
  readonly memory?: MemoryOut;
  readonly duplicate?: boolean;
  readonly error?: {
    readonly code: string;
    readonly detail: string;
    readonly errors: readonly { readonly path: string; readonly message: string }[];
  };
}

/** Remembers a batch as one group. A bad item is answered with its own error and does not keep the good ones out. */
export async function createMany(
  ctx: Context,
  input: { readonly items: readonly unknown[] },
): Promise<{ items: ItemOut[]; groupId: string | null }> {
  const parsed = input.items.map(parseCreateMemory);
  const good = parsed.flatMap((p): CreateMemoryIn[] => (p.ok ? [p.value] : []));
  const written = good.length === 0 ? { items: [], groupId: null } : await createMemories(ctx, good);
  let next = 0;
  const items = parsed.map((p, i): ItemOut => {
    if (p.ok) return written.items[next++] ?? {};
    return {
      error: {
        code: "invalid_input",
        detail: p.problem,
        errors: p.fields.map((f) => ({
          path: `items.${i}${f.path ? `.${f.path}` : ""}`,
          message: f.message,
        })),
      },
    };
  });
  return { items, groupId: written.groupId };
}
