import { ComparePage } from "@/components/recall/compare-page";

export const metadata = { title: "Compare recalls" };

export default function Page() {
  return <ComparePage />;
}
