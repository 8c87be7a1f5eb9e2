"use client";

import { Clock } from "lucide-react";
import { useState } from "react";
import { useStateAt } from "@/components/shell/state-at";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

/** Shows the whole dashboard as of a moment; of a change, its own row does. */
export function StateAtPicker() {
  const { show } = useStateAt();
  const [local, setLocal] = useState("");
  // A moment without a zone is one of the person's own clock.
  const moment = local === "" ? null : new Date(local);
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button>
          <Clock aria-hidden />
          State at…
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="State at">
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (moment !== null) show(moment.toISOString());
          }}
        >
          <Field
            label="Moment"
            hint="Every page shows the store as it was then, read only. A row’s menu does the same for a change."
          >
            {(ids) => (
              <Input
                {...ids}
                type="datetime-local"
                value={local}
                onChange={(event) => setLocal(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" variant="primary" disabled={moment === null}>
            See the store as of then
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}
