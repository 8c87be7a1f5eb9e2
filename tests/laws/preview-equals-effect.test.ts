import { prove } from "@/tests/support/check-laws";
import { previewEqualsEffect } from "./statements/preview-equals-effect";

prove(previewEqualsEffect);
