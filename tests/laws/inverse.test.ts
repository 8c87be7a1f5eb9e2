import { prove } from "@/tests/support/check-laws";
import { inverse } from "./statements/inverse";

prove(inverse);
