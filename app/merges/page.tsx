import { MergesPage } from "@/components/merges/merges-page";

export const metadata = { title: "Merges" };

export default function Page() {
  return <MergesPage />;
}
