import { CyclesPage } from "@/components/cycles/cycles-page";

export const metadata = { title: "Cycles" };

export default function Page() {
  return <CyclesPage />;
}
