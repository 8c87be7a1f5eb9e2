import { prove } from "@/tests/support/check-laws";
import { wholeCycles } from "./statements/whole-cycles";

prove(wholeCycles);
