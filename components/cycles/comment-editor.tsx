"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

export interface CommentEditorProps {
  readonly comment: string;
  readonly onSave: (comment: string) => void;
  readonly onCancel: () => void;
}

/** Why, in a person's own words; kept with the decision as its reason. */
export function CommentEditor({ comment, onSave, onCancel }: CommentEditorProps) {
  const [typed, setTyped] = useState(comment);
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(typed.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onSave(typed.trim());
      }}
    >
      <Field label="Comment" hint="Kept as the reason of your decision, once it is applied.">
        {(ids) => (
          <Textarea
            {...ids}
            autoFocus
            rows={2}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <span className="flex gap-2">
        <Button type="submit" size="sm" variant="primary">
          Keep the comment
        </Button>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </form>
  );
}
