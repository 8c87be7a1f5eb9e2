import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

export function Spinner({ className }: { readonly className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-3.5 animate-spin", className)} />;
}
