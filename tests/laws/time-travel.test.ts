import { prove } from "@/tests/support/check-laws";
import { timeTravel } from "./statements/time-travel";

prove(timeTravel);
