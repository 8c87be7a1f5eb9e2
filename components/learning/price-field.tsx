"use client";

import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { setPrice, usePrices, type PriceName } from "./prices";

export interface PriceFieldProps {
  readonly name: PriceName;
  readonly label: string;
  readonly hint?: string;
}

/** One of the person's own prices. */
export function PriceField({ name, label, hint }: PriceFieldProps) {
  const prices = usePrices();
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Input
          {...ids}
          type="number"
          min={0}
          step="any"
          inputMode="decimal"
          placeholder="–"
          value={prices[name] ?? ""}
          onChange={(event) => {
            const typed = event.target.valueAsNumber;
            setPrice(name, Number.isFinite(typed) && typed >= 0 ? typed : null);
          }}
        />
      )}
    </Field>
  );
}
