import model from "wink-eng-lite-web-model";
import wink, { type WinkMethods } from "wink-nlp";
import { shapeOf, type Word } from "./word";

/** The library remembers every word it ever met; starting it anew gives the memory back. */
const TEXTS_PER_START = 20_000;

/** Reads texts into words with their parts of speech. */
export function createWordReader(): (text: string) => Word[] {
  let nlp: WinkMethods | null = null;
  let read = 0;
  return (text) => {
    if (nlp === null || read >= TEXTS_PER_START) {
      nlp = wink(model, ["sbd", "pos"]);
      read = 0;
    }
    read += 1;
    return wordsOf(nlp, text);
  };
}

function wordsOf(nlp: WinkMethods, text: string): Word[] {
  const { its } = nlp;
  const doc = nlp.readDoc(text);
  const tokens = doc.tokens();
  const values = tokens.out();
  const kinds = tokens.out(its.type);
  const parts = tokens.out(its.pos);
  const words: Word[] = [];
  let at = 0;
  for (const [i, value] of values.entries()) {
    const start = text.indexOf(value, at);
    if (start < 0) continue;
    at = start + value.length;
    const before = words.at(-1);
    if (before && isOneHandle(before, value, start)) {
      words.splice(-1, 1, {
        ...before,
        text: text.slice(before.start, at),
        lower: text.slice(before.start, at).toLowerCase(),
        end: at,
      });
      continue;
    }
    const lower = value.toLowerCase();
    words.push({
      text: value,
      lower,
      start,
      end: at,
      kind: kinds[i] ?? "word",
      pos: parts[i] ?? "X",
      // The dictionary lacks the plural of many a word.
      isCommon: !doc.isOOV(lower) || (lower.endsWith("s") && !doc.isOOV(lower.slice(0, -1))),
      opens: text.slice(before?.end ?? 0, start).includes("\n") || opens(before, words.at(-2)),
      shape: shapeOf(value),
    });
  }
  return words;
}

/** The library cuts user names at their underscores. */
const isOneHandle = (before: Word, value: string, start: number): boolean =>
  before.end === start &&
  (/^_+$/u.test(value) || before.text.endsWith("_")) &&
  before.text !== "_" &&
  /^[\w@]+$/u.test(before.text + value);

function opens(before: Word | undefined, second: Word | undefined): boolean {
  if (!before) return true;
  if (/^[.!?…:;]+$|^["“‘*•|>-]$/u.test(before.text)) return true;
  if (before.kind === "emoji" || before.kind === "emoticon" || before.kind === "url") return true;
  return before.text === "'" && second !== undefined && /^[.:,]$/.test(second.text);
}
