import { env, EnvironmentError } from "@/lib/env";
import { gauges } from "./gauges";
import { getEmbedder } from "@/lib/models/embedder";
import { getExtractor } from "@/lib/models/extractor";
import { inWorkspace } from "@/lib/store/prisma";
import type { Asker, InputOf } from "./asker";
import type { model as shape } from "@/lib/contracts/model";

type ModelOut = InputOf<typeof shape>;
type Variable = ModelOut["variables"][number];

/** What the server was started with, as it is in force; how far a change of the embedding model has come. */
export async function listModels(ctx: Asker) {
  const { embeddingsWaiting } = await gauges(ctx);
  const [row] = await inWorkspace(
    ctx.workspaceId,
    (tx) => tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS "count" FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "exists" AND NOT "erased"`,
  );
  return {
    items: [await embeddingModel(), extractionModel()],
    embedding: { waiting: embeddingsWaiting, memories: row?.count ?? 0 },
  };
}

async function embeddingModel(): Promise<ModelOut> {
  const role = "embedding" as const;
  const variables = variablesOf("PALIMPSEST_EMBED", [
    ["URL", "address of an OpenAI-compatible endpoint"],
    ["MODEL", "model that it serves"],
    ["KEY", "sent as a bearer key"],
    ["DIMENSIONS", "length of its vectors"],
  ]);
  try {
    const endpoint = env.embeddingEndpoint;
    if (endpoint === null) {
      const { model, dimensions } = await getEmbedder();
      return {
        role,
        place: "inProcess",
        name: model,
        url: null,
        dimensions,
        hasKey: false,
        variables,
        problem: null,
      };
    }
    const { url, model, key, dimensions } = endpoint;
    return {
      role,
      place: "endpoint",
      name: model,
      url,
      dimensions,
      hasKey: key !== null,
      variables,
      problem: null,
    };
  } catch (error) {
    return broken(role, variables, error);
  }
}

function extractionModel(): ModelOut {
  const role = "extraction" as const;
  const variables = variablesOf("PALIMPSEST_EXTRACT", [
    ["URL", "address of an OpenAI-compatible endpoint"],
    ["MODEL", "model that it serves"],
    ["KEY", "sent as a bearer key"],
  ]);
  try {
    const endpoint = env.extractionEndpoint;
    if (endpoint === null)
      return {
        role,
        place: "inProcess",
        name: getExtractor().version,
        url: null,
        dimensions: null,
        hasKey: false,
        variables,
        problem: null,
      };
    const { url, model, key } = endpoint;
    return {
      role,
      place: "endpoint",
      name: model,
      url,
      dimensions: null,
      hasKey: key !== null,
      variables,
      problem: null,
    };
  } catch (error) {
    return broken(role, variables, error);
  }
}

/** A setting that cannot be used is shown with what is wrong with it; any other failure too, because that is what the page is for. */
function broken(role: ModelOut["role"], variables: Variable[], error: unknown): ModelOut {
  const problem = error instanceof EnvironmentError || error instanceof Error ? error.message : String(error);
  return {
    role,
    place: "endpoint",
    name: "",
    url: null,
    dimensions: null,
    hasKey: false,
    variables,
    problem,
  };
}

const variablesOf = (prefix: string, parts: readonly (readonly [string, string])[]): Variable[] =>
  parts.map(([part, what]) => ({ name: `${prefix}_${part}`, isSet: env.isSet(`${prefix}_${part}`), what }));
