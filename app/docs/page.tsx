import { ReferencePage } from "@/components/reference/reference-page";

export const metadata = { title: "API reference" };

export default function Page() {
  return <ReferencePage />;
}
