import { millis, type Millis } from "@/lib/domain/ids";

/** ISO-8601 to milliseconds; a time without a zone is taken as UTC. The caller has checked the form. */
export function timeOf(iso: string): Millis {
  const zoned = /([zZ]|[+-]\d\d:?\d\d)$/u.test(iso) || /^\d{4}-\d\d-\d\d$/u.test(iso);
  return millis(Date.parse(zoned ? iso : `${iso}Z`));
}
