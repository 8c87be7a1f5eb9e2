import { bytes, encode, float, integer, message, text, type Message } from "@/lib/models/minilm/protobuf";

/** Element types as ONNX numbers them. */
export const ELEMENT = { F32: 1, I64: 7, F16: 10 } as const;

export type Attribute =
  { readonly int: number } | { readonly float: number } | { readonly ints: readonly number[] };
export type Attributes = Readonly<Record<string, Attribute>>;

export interface Tensor {
  readonly element: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface Port {
  readonly name: string;
  readonly element: number;
  /** A word stands for a dimension that is known only when the model runs. */
  readonly dims: readonly (string | number)[];
}

/** A graph under construction. `node` and `constant` return the name of the value they add. */
export interface OnnxWriter {
  readonly node: (operator: string, inputs: readonly string[], attributes?: Attributes) => string;
  readonly constant: (name: string, tensor: Tensor) => string;
  /** `result` is the value that becomes the one output. */
  readonly finish: (result: string, inputs: readonly Port[], output: Port) => Uint8Array<ArrayBuffer>;
}

interface Operands {
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

const IR_VERSION = 8;
const OPSET_VERSION = 17;
const CONTRIB_DOMAIN = "com.microsoft";
const ATTRIBUTE_TYPE = { float: 1, int: 2, ints: 7 } as const;

/** An operator named "com.microsoft/Attention" is taken from that domain, a bare name from the ONNX standard. */
export function createOnnxWriter(): OnnxWriter {
  const nodes: Message[] = [];
  const constants: Message[] = [];
  const add = (operator: string, output: string, { inputs, attributes }: Operands): string => {
    const [domain, name] = operator.includes("/") ? operator.split("/", 2) : ["", operator];
    nodes.push(
      message(1, [
        ...inputs.map((input) => text(1, input)),
        text(2, output),
        text(4, name ?? operator),
        ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
        text(7, domain ?? ""),
      ]),
    );
    return output;
  };
  return {
    node: (operator, inputs, attributes = {}) =>
      add(operator, `value_${nodes.length}`, { inputs, attributes }),
    constant: (name, tensor) => {
      const dims = tensor.shape.map((dim) => integer(1, dim));
      constants.push(
        message(5, [...dims, integer(2, tensor.element), text(8, name), bytes(9, tensor.bytes)]),
      );
      return name;
    },
    finish: (result, inputs, output) => {
      add("Identity", output.name, { inputs: [result], attributes: {} });
      const ports = [...inputs.map((input) => port(11, input)), port(12, output)];
      return encode([
        integer(1, IR_VERSION),
        message(7, [...nodes, text(2, "encoder"), ...constants, ...ports]),
        message(8, [text(1, ""), integer(2, OPSET_VERSION)]),
        message(8, [text(1, CONTRIB_DOMAIN), integer(2, 1)]),
      ]);
    },
  };
}

function attribute(name: string, value: Attribute): Message {
  if ("float" in value)
    return message(5, [text(1, name), float(2, value.float), integer(20, ATTRIBUTE_TYPE.float)]);
  if ("int" in value)
    return message(5, [text(1, name), integer(3, value.int), integer(20, ATTRIBUTE_TYPE.int)]);
  return message(5, [
    text(1, name),
    ...value.ints.map((item) => integer(8, item)),
    integer(20, ATTRIBUTE_TYPE.ints),
  ]);
}

function port(field: number, { name, element, dims }: Port): Message {
  const shape = dims.map((dim) => message(1, [typeof dim === "string" ? text(2, dim) : integer(1, dim)]));
  return message(field, [text(1, name), message(2, [message(1, [integer(1, element), message(2, shape)])])]);
}
