import { MemoriesPage } from "@/components/memories/memories-page";

export const metadata = { title: "Memories" };

export default function Page() {
  return <MemoriesPage />;
}
