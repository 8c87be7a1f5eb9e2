import type { EdgeEnds } from "@/lib/domain/ledger/change";
import type { EdgeRegisters } from "@/lib/domain/registers/edge-registers";
import type { EntityRegisters } from "@/lib/domain/registers/entity-registers";
import type { EntityType } from "./extraction";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { Millis } from "@/lib/domain/ids";

/** What people and cycles say of an entity, as it reads now. */
export interface EntityEdit {
  readonly name: string;
  readonly isIntroduced: boolean;
  readonly called: string | null;
  readonly type: EntityType | null;
  readonly isHidden: boolean;
  /** Normal name of the entity that it is another name of. */
  readonly means: string | null;
}

/** What people and cycles say of an edge, as it reads now. */
export interface EdgeEdit extends EdgeEnds {
  /** Somebody says that it is there. */
  readonly isRelated: boolean;
  readonly validAt: Millis | null;
  readonly invalidAt: Millis | null;
  readonly isHidden: boolean;
  readonly evidence: EvidenceSums;
}

/** null: nothing is said of it any more. Of several aliases the newest counts, and none that means itself. */
export function entityEdit({
  name,
  introductions,
  called,
  type,
  hides,
  aliases,
}: EntityRegisters): EntityEdit | null {
  if (name === "") return null;
  const means = aliases.at(-1)?.name ?? null;
  return {
    name,
    isIntroduced: introductions.length > 0,
    called: called?.value ?? null,
    type: type?.value ?? null,
    isHidden: hides.length > 0,
    means: means === name ? null : means,
  };
}

export function edgeEdit({ ends, presence, hides, evidence }: EdgeRegisters): EdgeEdit | null {
  if (ends === null) return null;
  const newest = presence.at(-1);
  return {
    ...ends,
    isRelated: newest !== undefined,
    validAt: newest?.validAt ?? null,
    invalidAt: newest?.invalidAt ?? null,
    isHidden: hides.length > 0,
    evidence,
  };
}

/** Whether something with such limits holds at a time; null: no limit. */
export const holdsAt = (
  { validAt, invalidAt }: { readonly validAt: Millis | null; readonly invalidAt: Millis | null },
  at: Millis,
): boolean => (validAt === null || validAt <= at) && (invalidAt === null || at < invalidAt);
