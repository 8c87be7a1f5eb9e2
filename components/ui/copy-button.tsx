"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton, type IconButtonProps } from "./icon-button";

export interface CopyButtonProps extends Omit<IconButtonProps, "label" | "onClick" | "children"> {
  readonly text: string;
  readonly label?: string;
}

const SHOWN_MS = 1600;

export function CopyButton({ text, label = "Copy", ...props }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <>
      <IconButton label={copied ? "Copied" : label} onClick={copy} {...props}>
        {copied ? <Check aria-hidden className="text-gain" /> : <Copy aria-hidden />}
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
