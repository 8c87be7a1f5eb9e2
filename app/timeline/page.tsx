import { TimelinePage } from "@/components/timeline/timeline-page";

export const metadata = { title: "Timeline" };

export default function Page() {
  return <TimelinePage />;
}
