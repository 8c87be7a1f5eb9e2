import { GuidePage } from "@/components/guide/guide-page";

export const metadata = { title: "Guide" };

export default function Page() {
  return <GuidePage />;
}
