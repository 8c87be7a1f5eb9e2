/**
 * The few protobuf wire forms that an ONNX file needs. A message is a list of byte chunks that are joined once at the
 * end, so that tensors of tens of megabytes are not copied at every level of nesting.
 */
export type Message = readonly Uint8Array[];

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
const CONTINUES = 128n;

const utf8 = new TextEncoder();

export function integer(field: number, value: number): Message {
  return [tag(field, VARINT), varint(value)];
}

export function float(field: number, value: number): Message {
  return [tag(field, FIXED_32), new Uint8Array(new Float32Array([value]).buffer)];
}

export function bytes(field: number, value: Uint8Array): Message {
  return [tag(field, LENGTH_DELIMITED), varint(value.length), value];
}

export function text(field: number, value: string): Message {
  return bytes(field, utf8.encode(value));
}

export function message(field: number, parts: readonly Message[]): Message {
  const chunks = parts.flat();
  return [
    tag(field, LENGTH_DELIMITED),
    varint(chunks.reduce((sum, chunk) => sum + chunk.length, 0)),
    ...chunks,
  ];
}

export function encode(parts: readonly Message[]): Uint8Array<ArrayBuffer> {
  const chunks = parts.flat();
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function tag(field: number, wireType: number): Uint8Array {
  return varint((field << 3) | wireType);
}

/** Negative values take ten bytes: protobuf writes them as unsigned 64-bit numbers. */
function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= CONTINUES) {
    out.push(Number(rest % CONTINUES) + Number(CONTINUES));
    rest /= CONTINUES;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}
