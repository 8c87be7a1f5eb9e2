import { prove } from "@/tests/support/check-laws";
import { massRevert } from "./statements/mass-revert";

prove(massRevert);
