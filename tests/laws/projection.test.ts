import { KEPT } from "./kept-failures";
import { prove } from "@/tests/support/check-laws";
import { projection } from "./statements/projection";

prove(projection, KEPT.projection);
