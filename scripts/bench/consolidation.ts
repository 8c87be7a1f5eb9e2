import { withCachedVectors } from "./cached-embedder";
import { facts } from "./consolidation/facts";
import { pairs } from "./consolidation/pairs";
import { pool } from "./consolidation/pool";
import { supersessions } from "./consolidation/supersessions";
import type { Row } from "./report";

/** What is merged and what is replaced without a model, beside the simplest ways to do the same, and what it costs. */
export const consolidation = (dataFolder: string): Promise<Row[]> =>
  withCachedVectors(async () => [
    ...(await pairs(dataFolder)),
    ...(await pool(dataFolder)),
    ...(await supersessions(dataFolder)),
    ...(await facts(dataFolder)),
  ]);
