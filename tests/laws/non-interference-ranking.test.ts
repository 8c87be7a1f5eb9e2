import { nonInterferenceRanking } from "./statements/non-interference-ranking";
import { prove } from "@/tests/support/check-laws";

prove(nonInterferenceRanking);
