import { antonymsFor, type Reader } from "@/lib/domain/consolidation/wording";
import { stemOf } from "./tokenize";

/** Reads texts with the stems that the search uses; `isName` knows the names of a workspace, in lower case. */
export const readerWith = (isName: (word: string) => boolean): Reader => ({ stem: stemOf, isName });

/** Opposites by the stems of the search. */
export const ANTONYM_STEMS = antonymsFor({ stem: stemOf });
