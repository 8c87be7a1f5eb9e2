import { FileQuestion } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page-header";

export default function NotFoundPage() {
  return (
    <Page>
      <EmptyState
        icon={FileQuestion}
        title="There is no such page"
        action={
          <Button asChild>
            <Link href="/">Go to the overview</Link>
          </Button>
        }
      >
        If you came here by a link to a memory, its creation may have been reverted; the timeline knows.
      </EmptyState>
    </Page>
  );
}
