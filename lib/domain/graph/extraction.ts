/** What kind of thing a name stands for; `other`: events, peoples, languages and whatever fits nowhere else. */
export const ENTITY_TYPES = ["person", "place", "organization", "product", "work", "other"] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** A name where it stands in a text: UTF-16 offsets, `end` exclusive. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
}

/** Something a text says of two of its names: places in its list of mentions, and a short verb phrase. */
export interface StatedRelation {
  readonly from: number;
  readonly to: number;
  readonly type: string;
}

/**
 * What an extractor read in one text. Mentions stand in order and do not overlap. It holds offsets and no names, so that
 * the text stays the only place where they are written.
 */
export interface Extraction {
  readonly mentions: readonly Mention[];
  readonly relations: readonly StatedRelation[];
}
