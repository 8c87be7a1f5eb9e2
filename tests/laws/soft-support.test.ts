import { KEPT } from "./kept-failures";
import { prove } from "@/tests/support/check-laws";
import { softSupport } from "./statements/soft-support";

prove(softSupport, KEPT.softSupport);
