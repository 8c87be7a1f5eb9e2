"use client";

import type { CSSProperties } from "react";
import { Toaster as Sonner } from "sonner";

// React's type of a style has no custom properties; the name is the one the toaster reads.
const width = { "--width": "400px", fontFamily: "inherit" } as CSSProperties;

/** F6 moves the focus into the toasts. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      expand
      hotkey={["F6"]}
      visibleToasts={4}
      gap={8}
      offset={16}
      mobileOffset={12}
      style={width}
      toastOptions={{ unstyled: true }}
      containerAriaLabel="Notices"
    />
  );
}
