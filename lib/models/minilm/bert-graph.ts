import { createOnnxWriter, ELEMENT, type OnnxWriter } from "@/lib/models/minilm/onnx-writer";
import type { StoredTensor } from "@/lib/models/minilm/safetensors";

/** The dimensions that a BERT config.json states, under its names. */
export interface BertConfig {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly layer_norm_eps: number;
}

interface Build {
  readonly writer: OnnxWriter;
  readonly config: BertConfig;
  /** Adds a tensor as it is stored. */
  readonly stored: (name: string) => string;
  /** Adds a tensor widened to f32. */
  readonly weight: (name: string) => string;
  /** Adds the matrix of a linear layer as [in, out]; the file has [out, in]. */
  readonly matrix: (name: string) => string;
}

/**
 * Writes the sentence encoder as an ONNX model: token ids [texts, tokens] in, mean-pooled vectors [texts, hidden] out.
 *
 * Weights go in as stored; casts, transposes and joins of constants are left to the runtime, which folds them once
 * when it loads the model. There is no attention mask, because a batch holds texts of one token count only: a text
 * that is never padded gets the same vector in every company.
 */
export function buildBertModel(
  tensor: (name: string) => StoredTensor,
  config: BertConfig,
): Uint8Array<ArrayBuffer> {
  const build = createBuild(tensor, config);
  let hidden = embedTokens(build);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) hidden = encoderLayer(build, layer, hidden);
  const pooled = build.writer.node("ReduceMean", [hidden], { axes: { ints: [1] }, keepdims: { int: 0 } });
  return build.writer.finish(
    pooled,
    [
      { name: "input_ids", element: ELEMENT.I64, dims: ["texts", "tokens"] },
      { name: "position_ids", element: ELEMENT.I64, dims: ["tokens"] },
    ],
    { name: "vectors", element: ELEMENT.F32, dims: ["texts", config.hidden_size] },
  );
}

function createBuild(tensor: (name: string) => StoredTensor, config: BertConfig): Build {
  const writer = createOnnxWriter();
  const stored = (name: string): string => {
    const { elementType, shape, bytes } = tensor(name);
    return writer.constant(name, { element: ELEMENT[elementType], shape, bytes });
  };
  const widened = (value: string): string => writer.node("Cast", [value], { to: { int: ELEMENT.F32 } });
  const weight = (name: string): string => widened(stored(name));
  const matrix = (name: string): string =>
    writer.node("Transpose", [weight(name)], { perm: { ints: [1, 0] } });
  return { writer, config, stored, weight, matrix };
}

/** The vocabulary table stays in half precision, and only the rows of a text are widened: that saves 23 MB. */
function embedTokens({ writer, config, stored, weight }: Build): string {
  const rows = writer.node("Gather", [stored("embeddings.word_embeddings.weight"), "input_ids"]);
  const words = writer.node("Cast", [rows], { to: { int: ELEMENT.F32 } });
  const positions = writer.node("Gather", [weight("embeddings.position_embeddings.weight"), "position_ids"]);
  const firstSegment = writer.constant("first_segment", {
    element: ELEMENT.I64,
    shape: [],
    bytes: new Uint8Array(new BigInt64Array([0n]).buffer),
  });
  const segment = writer.node("Gather", [weight("embeddings.token_type_embeddings.weight"), firstSegment]);
  const sum = writer.node("Add", [words, writer.node("Add", [positions, segment])]);
  return writer.node(
    "LayerNormalization",
    [sum, weight("embeddings.LayerNorm.weight"), weight("embeddings.LayerNorm.bias")],
    { axis: { int: -1 }, epsilon: { float: config.layer_norm_eps } },
  );
}

/** Self-attention, then the feed-forward block; each is added to its input and normalised, as BERT does. */
function encoderLayer({ writer, config, weight, matrix }: Build, layer: number, input: string): string {
  const at = (name: string): string => `encoder.layer.${layer}.${name}`;
  const projections = ["query", "key", "value"].map((part) => at(`attention.self.${part}`));
  const joined = writer.node(
    "Concat",
    projections.map((name) => matrix(`${name}.weight`)),
    { axis: { int: 1 } },
  );
  const bias = writer.node(
    "Concat",
    projections.map((name) => weight(`${name}.bias`)),
    { axis: { int: 0 } },
  );
  const context = writer.node("com.microsoft/Attention", [input, joined, bias], {
    num_heads: { int: config.num_attention_heads },
  });
  const residual = (name: string, value: string, skipped: string): string => {
    const projected = writer.node("MatMul", [value, matrix(at(`${name}.dense.weight`))]);
    const norm = [weight(at(`${name}.LayerNorm.weight`)), weight(at(`${name}.LayerNorm.bias`))];
    return writer.node(
      "com.microsoft/SkipLayerNormalization",
      [projected, skipped, ...norm, weight(at(`${name}.dense.bias`))],
      { epsilon: { float: config.layer_norm_eps } },
    );
  };
  const attended = residual("attention.output", context, input);
  const widened = writer.node("MatMul", [attended, matrix(at("intermediate.dense.weight"))]);
  const activated = writer.node("com.microsoft/BiasGelu", [widened, weight(at("intermediate.dense.bias"))]);
  return residual("output", activated, attended);
}
