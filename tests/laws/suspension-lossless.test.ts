import { prove } from "@/tests/support/check-laws";
import { suspensionLossless } from "./statements/suspension-lossless";

prove(suspensionLossless);
