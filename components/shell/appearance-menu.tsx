"use client";

import { Monitor, Moon, Palette, Rows2, Rows3, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore, type ReactNode } from "react";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { setPreferences, usePreferences } from "../ui/preferences";
import { SegmentedControl } from "../ui/segmented-control";
import { Switch } from "../ui/switch";

/** Everything about looks and keys in one place; the same controls stand in Settings. */
export function AppearanceMenu() {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <IconButton label="Appearance and keys" size="sm">
          <Palette aria-hidden />
        </IconButton>
      </PopoverTrigger>
      <PopoverContent aria-label="Appearance and keys" side="top" align="start" className="w-72">
        <AppearanceControls />
      </PopoverContent>
    </Popover>
  );
}

const themes = [
  { value: "system", label: "System", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;
const densities = [
  { value: "comfortable", label: "Comfortable", icon: <Rows2 aria-hidden /> },
  { value: "compact", label: "Compact", icon: <Rows3 aria-hidden /> },
] as const;
const scales = [
  { value: "percent", label: "0–100%" },
  { value: "ten", label: "0–10" },
] as const;

export function AppearanceControls() {
  const { theme = "system", setTheme } = useTheme();
  const isMounted = useIsMounted();
  const preferences = usePreferences();
  const chosen = themes.find((option) => option.value === theme)?.value ?? "system";
  return (
    <div className="flex flex-col gap-3">
      <Row label="Theme">
        <SegmentedControl
          label="Theme"
          iconOnly
          segments={themes}
          value={isMounted ? chosen : "system"}
          onValueChange={setTheme}
        />
      </Row>
      <Row label="Density">
        <SegmentedControl
          label="Density"
          iconOnly
          segments={densities}
          value={preferences.density}
          onValueChange={(density) => setPreferences({ density })}
        />
      </Row>
      <Row label="Confidence">
        <SegmentedControl
          label="Scale of confidence"
          segments={scales}
          value={preferences.confidenceScale}
          onValueChange={(confidenceScale) => setPreferences({ confidenceScale })}
        />
      </Row>
      <Field label="Single-key shortcuts" className="grid grid-cols-[1fr_auto] items-center">
        {(ids) => (
          <Switch
            {...ids}
            checked={preferences.singleKeys}
            onCheckedChange={(singleKeys) => setPreferences({ singleKeys })}
          />
        )}
      </Field>
    </div>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-sm font-medium">{label}</span>
      {children}
    </div>
  );
}

/** False on the server and while hydrating: only the browser knows the stored theme. */
function useIsMounted(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
