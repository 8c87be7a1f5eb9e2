import { CyclePage } from "@/components/cycles/cycle-page";

export const metadata = { title: "Cycle" };

interface PageProps {
  readonly params: Promise<{ readonly cycleId: string }>;
}

export default async function Page({ params }: PageProps) {
  return <CyclePage cycleId={(await params).cycleId} />;
}
