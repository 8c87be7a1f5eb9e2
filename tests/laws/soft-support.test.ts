import { prove } from "@/tests/support/check-laws";
import { softSupport } from "./statements/soft-support";

prove(softSupport);
