import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { unzipSync, type UnzipFileInfo } from "fflate";
import { Refusal } from "@/lib/domain/errors";
import type { ArchiveFiles } from "./reader";

const MEGABYTE = 1_048_576;
/** Of all files of an archive together, unpacked; memory text of this size is some hundred thousand notes. */
const MOST_UNPACKED_BYTES = 512 * MEGABYTE;
const MOST_FILES = 100_000;

const tooLarge = (what: string) =>
  new Refusal(
    "too_large",
    `The archive ${what}. Nothing was imported; split it, or import its files one by one.`,
  );

/** Adds up what an archive claims to hold and refuses it before it is unpacked, or as soon as it is more than it claimed. */
function guard() {
  let [files, bytes] = [0, 0];
  return (path: string, size: number): void => {
    if (isUnsafe(path))
      throw new Refusal(
        "invalid_input",
        `The archive holds the path ${JSON.stringify(path)}, which leads out of it. Nothing was imported; pack it again with plain relative paths.`,
        { fields: [{ path, message: "must be a relative path without .." }] },
      );
    files += 1;
    bytes += size;
    if (files > MOST_FILES) throw tooLarge(`holds more than ${MOST_FILES} files`);
    if (bytes > MOST_UNPACKED_BYTES)
      throw tooLarge(`unpacks to more than ${MOST_UNPACKED_BYTES / MEGABYTE} MB`);
  };
}

/** Nothing of an archive is ever written to a disk; such paths are a sign that somebody hoped it would be. */
const isUnsafe = (path: string): boolean =>
  path.startsWith("/") ||
  path.includes("\\") ||
  path.includes("\u0000") ||
  /^[A-Za-z]:/u.test(path) ||
  path.split("/").includes("..");

/** Folders, and what systems put beside the files of a person. */
const isBeside = (path: string): boolean =>
  path.endsWith("/") ||
  path.split("/").some((part) => part === "__MACOSX" || (part.startsWith(".") && part !== "."));

/** Unpacks a zip in memory. The size a file claims is the size it gets: a false claim cuts the file off and nothing else. */
export function unzip(bytes: Uint8Array): ArchiveFiles {
  const admit = guard();
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    admit(name, originalSize);
    return !isBeside(name);
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter })));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      "invalid_input",
      `The zip cannot be read: ${error instanceof Error ? error.message : "it is damaged"}. Nothing was imported; pack it again.`,
    );
  }
}

/** Unpacks gzip up to the limit. */
export function gunzipWithin(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch (error) {
    if (error instanceof RangeError)
      throw tooLarge(`unpacks to more than ${MOST_UNPACKED_BYTES / MEGABYTE} MB`);
    throw new Refusal(
      "invalid_input",
      "The gzip file cannot be read; it may be cut off. Nothing was imported.",
    );
  }
}

/** The plain files of a tar; links and devices are no memories. */
export async function untar(bytes: Uint8Array): Promise<ArchiveFiles> {
  const admit = guard();
  const files = new Map<string, Uint8Array>();
  const entries = extract();
  entries.end(bytes);
  try {
    for await (const entry of entries) {
      const { name, size = 0, type } = entry.header;
      const path = name.replace(/^\.\//u, "");
      if (path !== "" && path !== ".") admit(path, size);
      const parts: Uint8Array[] = [];
      // An entry is a stream of bytes; its type says less.
      for await (const part of entry as AsyncIterable<Uint8Array>) parts.push(part);
      if (type === "file" && !isBeside(path)) files.set(path, Buffer.concat(parts));
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      "invalid_input",
      `The tar archive cannot be read: ${error instanceof Error ? error.message : "it is damaged"}. Nothing was imported.`,
    );
  }
  return files;
}

/** A tar has its magic word at a fixed place. */
export const isTar = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(257, 262)) === "ustar";

/** A file of an archive as text. */
export function textOfFile(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(
      "invalid_input",
      `${path} is not UTF-8 text. Nothing was imported; convert it to UTF-8 first.`,
      { fields: [{ path, message: "is not UTF-8 text" }] },
    );
  }
}
