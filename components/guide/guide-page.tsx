import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { Page, PageHeader } from "../ui/page-header";
import { Markdown } from "./markdown";
import { guideTasks } from "./tasks";

/** What can be done here, a page for each task. */
export function GuidePage() {
  return (
    <Page>
      <PageHeader title="Guide" description="One page for each task. Press ? anywhere for the keys." />
      <ul className="grid gap-(--page-gap) sm:grid-cols-2 lg:grid-cols-3">
        {guideTasks.map(({ task, title, gist }) => (
          <li key={task}>
            <Link
              href={`/guide/${task}`}
              className="group flex h-full flex-col gap-1 rounded-lg border border-line bg-surface p-(--card-pad) shadow-card hover:border-line-strong"
            >
              <span className="flex items-center gap-2 text-base font-semibold">
                {title}
                <ArrowRight aria-hidden className="size-3.5 text-muted" />
              </span>
              <span className="text-sm text-muted">{gist}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}

export interface GuideTaskPageProps {
  readonly title: string;
  readonly text: string;
}

export function GuideTaskPage({ title, text }: GuideTaskPageProps) {
  return (
    <Page>
      <PageHeader
        title={title}
        crumbs={
          <Link href="/guide" className="rounded-xs underline-offset-2 hover:text-ink hover:underline">
            Guide
          </Link>
        }
      />
      <Markdown text={text} />
    </Page>
  );
}
