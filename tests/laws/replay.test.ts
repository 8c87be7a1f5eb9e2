import { prove } from "@/tests/support/check-laws";
import { replay } from "./statements/replay";

prove(replay);
