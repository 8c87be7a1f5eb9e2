import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Our own scale names must be known to the merger, or it takes `text-2xs` for a colour and drops it.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["2xs", "xs", "sm", "base", "lg", "xl", "2xl", "3xl"],
      radius: ["xs", "sm", "md", "lg", "xl"],
      shadow: ["low", "card", "float", "peek"],
    },
  },
});

export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
