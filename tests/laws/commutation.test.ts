import { prove } from "@/tests/support/check-laws";
import { commutation } from "./statements/commutation";

prove(commutation);
