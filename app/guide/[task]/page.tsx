import { notFound } from "next/navigation";
import { GuideTaskPage } from "@/components/guide/guide-page";
import { guideTasks } from "@/components/guide/tasks";
import { guideText } from "@/lib/queries/guide";

export const metadata = { title: "Guide" };

export default async function Page({ params }: PageProps<"/guide/[task]">) {
  const { task } = await params;
  const known = guideTasks.find((entry) => entry.task === task);
  const text = known === undefined ? null : await guideText(known.task);
  if (known === undefined || text === null) notFound();
  return <GuideTaskPage title={known.title} text={text} />;
}
