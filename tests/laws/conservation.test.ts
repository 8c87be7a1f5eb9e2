import { prove } from "@/tests/support/check-laws";
import { conservation } from "./statements/conservation";

prove(conservation);
