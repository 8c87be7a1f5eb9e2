import type { TrustClass } from "@/lib/domain/memory/memory";

/** Where a text came from, as far as it matters here. */
export interface TextOrigin {
  readonly trust: TrustClass;
  readonly channel: string;
}

/** Channels whose words were written by people we do not know, whoever carried them here. */
const OUTSIDE: ReadonlySet<string> = new Set([
  "web",
  "email",
  "document",
  "file",
  "tool",
  "feed",
  "chat-import",
]);

/** Text from outside: brought by a source of low trust, or taken from a place where anybody can write. */
export const isFromOutside = ({ trust, channel }: TextOrigin): boolean =>
  trust === "low" || OUTSIDE.has(channel.toLowerCase());

/**
 * Ways in which a text tries to steer the model that reads it, instead of saying something about the world. Each is narrow
 * on purpose: a memory such as "always use tabs in this project" is an ordinary preference.
 */
const STEERING: readonly { readonly sign: string; readonly pattern: RegExp }[] = [
  {
    sign: "tells to ignore earlier instructions",
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier|other|all|any|your)\b.{0,30}\b(?:instruction|prompt|rule|guideline|direction|context|memor(?:y|ies)|message)/iu,
  },
  {
    sign: "gives the reader another role",
    pattern:
      /\b(?:you are now|from now on,? you|act as|pretend (?:to be|you are)|your new (?:role|task|instructions?))\b/iu,
  },
  {
    sign: "speaks of the system prompt",
    pattern:
      /\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instructions?)\b|<\/?(?:system|assistant|im_start|im_end)\b|\[\/?INST\]|<\|[a-z_]+\|>/iu,
  },
  {
    sign: "asks to keep something from the user",
    pattern:
      /\b(?:do not|don't|never|without)\b.{0,20}\b(?:tell|telling|mention|mentioning|inform|informing|reveal|revealing|warn|warning|show|showing|alert|alerting)\b.{0,30}\b(?:user|human|owner|anyone|them|person)\b/iu,
  },
  {
    sign: "asks the reader to run or send something",
    pattern:
      /\b(?:you must|you should|please|immediately|always|then)\b.{0,40}\b(?:call|invoke|execute|run|send|forward|upload|post|exfiltrate|transfer|email)\b.{0,60}\b(?:tool|function|command|script|shell|token|password|secret|credential|api key|conversation|data|money|funds|https?:)/iu,
  },
  {
    sign: "prescribes the answer to a question",
    pattern:
      /\b(?:when|whenever|if|every time)\b.{0,60}\b(?:asked|asks?|question|query|mentions?)\b.{0,80}\b(?:always|must|only|instead)\b.{0,30}\b(?:answer|reply|respond|say|recommend|suggest|output)\b/iu,
  },
];

/** The first sign of an instruction to the reading model, in plain words; null when there is none. */
export const instructionSign = (text: string): string | null =>
  STEERING.find(({ pattern }) => pattern.test(text))?.sign ?? null;
