import { readFileSync } from "node:fs";

/** One stored tensor: little-endian bytes, still in the element type of the file. */
export interface StoredTensor {
  readonly elementType: "F16" | "F32";
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

const HEADER_LENGTH_BYTES = 8;

/**
 * Opens a safetensors file: an 8-byte header length, a JSON header, then the raw tensors.
 * The returned function hands out views of one buffer; nothing is converted or copied.
 */
export function readSafetensors(path: string): (name: string) => StoredTensor {
  const file = readFileSync(path);
  const headerLength = Number(file.readBigUInt64LE(0));
  const start = HEADER_LENGTH_BYTES + headerLength;
  // The file comes from a dependency pinned to an exact version, and each entry is checked when it is asked for.
  const header = JSON.parse(file.toString("utf8", HEADER_LENGTH_BYTES, start)) as Record<
    string,
    HeaderEntry | undefined
  >;
  return (name) => {
    const entry = header[name] ?? header[`bert.${name}`];
    if (entry === undefined) throw new Error(`The weights at ${path} have no tensor named ${name}.`);
    if (entry.dtype !== "F16" && entry.dtype !== "F32") {
      throw new Error(`Tensor ${name} is stored as ${entry.dtype}; only F16 and F32 can be read.`);
    }
    const [from, to] = entry.data_offsets;
    return { elementType: entry.dtype, shape: entry.shape, bytes: file.subarray(start + from, start + to) };
  };
}
