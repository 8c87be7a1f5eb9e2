import { CONSTANTS } from "@/lib/domain/parameters";
import { wordingOf, type Reader, type Wording } from "./wording";

/** One thing that a text says of somebody or something: an attribute that can have one value at a time, and its value. */
export interface Claim {
  /** What it is said of and which attribute: two claims with the same slot cannot both hold at one time. */
  readonly slot: string;
  readonly value: Wording;
  /** The words say that it is news: "now", "no longer", "moved to", "switched", "instead". */
  readonly isNews: boolean;
  /** How much of the text's words the claim's own sentence has, 0…1. */
  readonly share: number;
}

/** The claims of a text that fit one of few plain forms. What fits none says nothing that another text could replace. */
export function claimsOf(text: string, reader: Reader): Claim[] {
  const clauses = clausesOf(text);
  const all = Math.max(1, wordCount(text));
  return clauses.flatMap((clause) => {
    const read = formOf(clause);
    if (read === null) return [];
    const value = wordingOf(read.value, reader);
    const slot = slotOf(read, reader);
    if (slot === null || value.said.size === 0 || value.words.length > CONSTANTS.longestValue) return [];
    return [{ slot, value, isNews: NEWS.test(clause), share: Math.min(1, wordCount(clause) / all) }];
  });
}

/** Somebody says that something is not so any more, or was replaced by what follows. */
export const NEWS =
  /\b(?:now|no longer|not any ?more|anymore|moved|relocated|changed|switched|instead|currently|nowadays|these days|as of|updated|rescheduled|postponed|renamed|replaced|upgraded|just (?:got|reached|hit|checked|moved|started)|used to|so far|new|latest|since then|from now on)\b/iu;

interface Form {
  /** Of whom or what, as written. */
  readonly subject: string;
  readonly attribute: string;
  readonly value: string;
}

const SUBJECT =
  "(?<subject>(?:i|we|he|she|they|you|it|user|the user)|(?:my|our|his|her|their|your|the|this) [\\p{L}\\p{N}'’&-]+(?: [\\p{L}\\p{N}'’&-]+){0,5}?|\\p{Lu}[\\p{L}\\p{N}'’.-]*(?: (?:of |the )?\\p{Lu}[\\p{L}\\p{N}'’.-]*){0,3})";
const ADVERBS =
  "(?: (?:now|currently|still|just|recently|also|actually|finally|already|officially|usually|generally|normally|always|has|have|had|am|is|are|was|were|been|be|will|would|got|getting|being))*";
const VALUE = "(?<value>[^,;]+?)";

/** A verb and the attribute that it gives; "moved to" and "lives in" give the same one. */
const VERBS: readonly (readonly [pattern: string, attribute: string])[] = [
  [
    "(?:scheduled|rescheduled|moved|postponed|pushed back|brought forward|due|planned|set)(?: for| to| on| at| by)",
    "time",
  ],
  [
    "(?:live|lives|lived|living|reside|resides|residing|based|moved|relocated|moving|relocating)(?: back| over| out)?(?: from [^,;]+?)? (?:in|to|at|into)",
    "home",
  ],
  ["(?:work|works|worked|working|employed|job)(?: now)? as", "occupation"],
  ["(?:work|works|worked|working|employed|job|joined)(?: now)? (?:at|for|with)", "employer"],
  ["(?:married|engaged) to", "partner"],
  ["(?:called|named|renamed(?: to)?)", "name"],
  ["(?:cost|costs|priced at|sells for|worth)", "price"],
  ["(?:weigh|weighs)", "weight"],
  ["(?:drive|drives|driving)", "vehicle"],
  ["(?:start|starts|starting|begin|begins) at", "start"],
  ["(?:end|ends|finish|finishes|close|closes) at", "end"],
  ["(?:open|opens) at", "opening"],
  ["(?:expire|expires) (?:on|in)", "expiry"],
  ["(?:run|runs|running|hosted|deployed) on", "platform"],
  ["(?:use|uses|using|switched|switches|changed|upgraded|migrated)(?: over)?(?: from [^,;]+?)? to", "choice"],
  ["(?:turned|turns|aged)", "age"],
];

const pattern = (source: string): RegExp => new RegExp(`^${source}$`, "iu");

const FORMS: readonly { readonly form: RegExp; readonly attribute: string | null }[] = [
  { form: pattern(`${SUBJECT}${ADVERBS} (?<value>\\d+)(?: years? old|-years?-old)`), attribute: "age" },
  ...VERBS.map(([verb, attribute]) => ({
    form: pattern(`${SUBJECT}${ADVERBS} ${verb} ${VALUE}`),
    attribute,
  })),
  // "my favourite colour is blue", "Anna's phone number is …", "the capital of Brazil is …"
  {
    form: pattern(
      `(?<subject>(?:(?:my|our|his|her|their|your|its)(?: \\p{L}[\\p{L}\\p{N}'’-]*){1,5}|(?:the )?[\\p{L}\\p{N}' -]+?['’]s?(?: [\\p{L}\\p{N}-]+){1,4}|the (?:[\\p{L}\\p{N}-]+ ){1,3}(?:of|for|in|at) [\\p{L}\\p{N}'’ -]+?))(?: (?:now|currently|still))? (?:is|are|was|will be|has become|became|=)(?: (?:now|currently|still|set to|at))* ${VALUE}`,
    ),
    attribute: "is",
  },
];

/** Many of these can hold at once, so that another value replaces none. */
const MANY =
  /\b(?:friends?|hobby|hobbies|pets?|cats?|dogs?|child|children|kids?|sons?|daughters?|brothers?|sisters?|siblings?|colleagues?|interests?|skills?|languages?|allergy|allergies|books?|movies?|songs?|one of|some of|goals?|dreams?|plans?|memor(?:y|ies)|examples?|reasons?|things?|parts?|works?|paintings?|experiences?|way|side|thoughts?|advice|feelings?)$/iu;
const MANY_ASKED = /^(?:list|name|names|all|what are|who are|which (?:are|were)|give)\b/iu;

function formOf(clause: string): Form | null {
  const asked = /^(?<subject>[^?:=]{6,}?)(?:\?|:| =) +(?<value>\S.*)$/u.exec(clause)?.groups;
  if (asked !== undefined) {
    const { subject = "", value = "" } = asked;
    return isQuestion(subject, clause) || (isLabel(subject) && wordCount(value) <= CONSTANTS.longestLabelled)
      ? { subject, attribute: "answer", value }
      : null;
  }
  for (const { form, attribute } of FORMS) {
    const groups = form.exec(clause)?.groups;
    if (groups === undefined) continue;
    const { subject = "", value = "" } = groups;
    if (attribute === "time" && !TIMED.test(value)) continue;
    if (attribute === "price" && !/\p{N}/u.test(value)) return null;
    if (MANY.test(subject) || /^(?:\p{L}+ing|not|also|one of|going|able|very|so|too|really)\b/iu.test(value))
      return null;
    return { subject, attribute: attribute ?? "is", value };
  }
  return null;
}

const TIMED = /\p{N}|noon|midnight|tomorrow|today|tonight|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day/iu;

const isQuestion = (asked: string, clause: string): boolean =>
  clause.includes("?") &&
  /^(?:who|whom|whose|when|where|what|which|how|is|are|was|does|do|did|will|the|in)\b/iu.test(asked) &&
  !MANY_ASKED.test(asked);

/** "Wifi password: hunter2" is a label and its value; a label is short and no sentence. */
const isLabel = (label: string): boolean =>
  wordCount(label) <= CONSTANTS.longestLabel &&
  !MANY.test(label) &&
  !MANY_ASKED.test(label) &&
  !/["“”.,]/u.test(label);

/** First and second persons stand for the speaker; the words of a subject may stand in any order. */
function slotOf({ subject, attribute }: Form, reader: Reader): string | null {
  const { words } = wordingOf(subject, reader);
  const stems = words.filter((word) => word.kind !== "function").map((word) => word.stem);
  const isSelf = /\b(?:i|my|we|our|me|user)\b/iu.test(subject);
  const pronoun = /^(?:he|she|they|it|his|her|their|its|this|you|your)\b/iu.exec(subject)?.[0].toLowerCase();
  // Who "she" is cannot be known from the words alone, so nothing is said of anybody.
  if (pronoun !== undefined && !/^(?:you|your)$/u.test(pronoun)) return null;
  if (stems.length === 0 && !isSelf) return null;
  return `${isSelf ? "self " : ""}${[...new Set(stems)]
    .filter((stem) => !NEWS.test(stem))
    .sort()
    .join(" ")}|${attribute}`;
}

const LEAD =
  /^(?:by the way|also|anyway|actually|oh|so|and|but|well|ok|okay|update|note|fyi|as of \p{L}+|speaking of [^,]+|since [^,]+|in \p{L}+|last \p{L}+|this \p{L}+)\b[,:]?\s+/iu;

/** The clauses of a text, each without what leads into it and with its contractions spelt out. */
function clausesOf(text: string): string[] {
  const sentences =
    text.match(/[^.!?;\n]+(?:[.](?=\S)[^.!?;\n]*)*\?? ?(?:(?<=\? )[^.!?;\n]+(?:[.](?=\S)[^.!?;\n]*)*)?/gu) ??
    [];
  const parts = sentences.flatMap((sentence) =>
    sentence.split(/,?\s(?:and|but|so|because|since)\s(?=(?:i|we|my|our|he|she|they|it)\b)/iu),
  );
  return parts.map((part) => spelt(withoutLead(part.trim()))).filter((part) => part !== "");
}

function withoutLead(clause: string): string {
  const rest = clause.replace(LEAD, "");
  return rest === clause ? clause : withoutLead(rest);
}

const spelt = (clause: string): string =>
  clause
    .replace(/\b(i)['’]m\b/giu, "$1 am")
    .replace(/\b(he|she|it|that|there)['’]s\b/giu, "$1 is")
    .replace(/\b(\p{L}+)['’]re\b/giu, "$1 are")
    .replace(/\b(\p{L}+)['’]ve\b/giu, "$1 have")
    .replace(/[.!]+$/u, "");

const wordCount = (text: string): number => text.match(/\S+/gu)?.length ?? 0;
