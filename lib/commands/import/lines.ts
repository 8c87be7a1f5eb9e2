import { Refusal } from "@/lib/domain/errors";

export interface Line {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A longer line is no memory: its text may have 8 kB, its metadata as much again. */
const LONGEST_LINE_BYTES = 1_048_576;

/** Lines of a byte stream, without holding more than one of them. */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  longestBytes = LONGEST_LINE_BYTES,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [line, rest] = [0, ""];
  for await (const part of bytes) {
    const pieces = (rest + decode(decoder, part, line)).split("\n");
    rest = pieces.pop() ?? "";
    for (const text of pieces) yield { line: (line += 1), text: text.replace(/\r$/u, "") };
    if (rest.length > longestBytes)
      throw new Refusal(
        "too_large",
        `Line ${line + 1} is longer than ${longestBytes} bytes. Nothing was imported.`,
        { extra: { line: line + 1 } },
      );
  }
  if (rest.trim() !== "") yield { line: line + 1, text: rest };
}

/** The whole of a stream that is one document. */
export async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parts: string[] = [];
  for await (const part of bytes) parts.push(decode(decoder, part, 0));
  return parts.join("");
}

function decode(decoder: TextDecoder, bytes: Uint8Array, line: number): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    throw new Refusal(
      "invalid_input",
      `After line ${line} the file is not UTF-8 text. Nothing was imported; convert it to UTF-8 first.`,
      { fields: [{ path: `line ${line + 1}`, message: "is not UTF-8 text" }] },
    );
  }
}
