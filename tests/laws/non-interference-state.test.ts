import { prove } from "@/tests/support/check-laws";
import { nonInterferenceState } from "./statements/non-interference-state";

prove(nonInterferenceState);
