import { MemoryPage } from "@/components/memory/memory-page";

export const metadata = { title: "Memory" };

interface PageProps {
  readonly params: Promise<{ readonly memoryId: string }>;
}

export default async function Page({ params }: PageProps) {
  return <MemoryPage memoryId={(await params).memoryId} />;
}
