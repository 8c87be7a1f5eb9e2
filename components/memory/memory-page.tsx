"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { useReadOnly } from "../shell/use-read-only";
import { isApiError } from "@/lib/client/api-error";
import { queries } from "@/lib/client/queries";
import { DataPanel } from "../ui/data-panel";
import { Page, PageHeader } from "../ui/page-header";
import { Skeleton } from "../ui/skeleton";
import { MemoryConfidence } from "./memory-confidence";
import { MemoryCrumbs } from "./memory-crumbs";
import { MemoryGone } from "./memory-gone";
import { MemoryProvenance } from "./memory-provenance";
import { MemoryText } from "./memory-text";

const MemoryPurge = dynamic(() => import("./memory-purge").then((module) => module.MemoryPurge), {
  ssr: false,
});

const MemoryHistory = dynamic(() => import("./memory-history").then((module) => module.MemoryHistory), {
  ssr: false,
});
const MemoryUses = dynamic(() => import("./memory-uses").then((module) => module.MemoryUses), { ssr: false });
const MemoryVersions = dynamic(() => import("./memory-versions").then((module) => module.MemoryVersions), {
  ssr: false,
});
const MemoryWhyNot = dynamic(() => import("./memory-why-not").then((module) => module.MemoryWhyNot), {
  ssr: false,
});
const MemoryOrigin = dynamic(() => import("./memory-origin").then((module) => module.MemoryOrigin), {
  ssr: false,
});
const MemoryQuotes = dynamic(() => import("./memory-quotes").then((module) => module.MemoryQuotes), {
  ssr: false,
});

/** Is it true, where does it come from, why this confidence? */
export function MemoryPage({ memoryId }: { readonly memoryId: string }) {
  const isReadOnly = useReadOnly();
  const [changeId, setChangeId] = useQueryState("change", parseAsString);
  const found = useQuery(queries.memory(memoryId));
  const select = (id: string) => {
    void setChangeId(id);
    document.getElementById(`change-${id}`)?.scrollIntoView({ block: "center" });
  };
  if (isApiError(found.error) && (found.error.code === "not_found" || found.error.code === "erased")) {
    return <MemoryGone memoryId={memoryId} error={found.error} />;
  }
  return (
    <Page>
      {/* What could not be loaded has a name and a way back, too. */}
      {found.data === undefined ? <PageHeader title="Memory" crumbs={<MemoryCrumbs />} /> : null}
      <DataPanel query={found} failureTitle="The memory could not be loaded" skeleton={<MemorySkeleton />}>
        {({ memory }) => (
          <div className="flex flex-col gap-(--page-gap)">
            <MemoryText memory={memory} isReadOnly={isReadOnly} />
            <div className="grid items-start gap-(--page-gap) lg:grid-cols-[minmax(0,1fr)_20rem]">
              <div className="flex min-w-0 flex-col gap-(--page-gap)">
                <MemoryConfidence memory={memory} selectedChangeId={changeId} onChangeSelect={select} />
                <MemoryVersions memory={memory} isReadOnly={isReadOnly} />
                <MemoryHistory memoryId={memoryId} selectedChangeId={changeId} />
                <MemoryUses memoryId={memoryId} />
                <MemoryWhyNot memoryId={memoryId} />
              </div>
              <div className="flex min-w-0 flex-col gap-(--page-gap)">
                <MemoryProvenance memory={memory} />
                <MemoryOrigin memory={memory} />
                <MemoryQuotes memory={memory} />
                {isReadOnly ? null : <MemoryPurge memoryId={memoryId} />}
              </div>
            </div>
          </div>
        )}
      </DataPanel>
    </Page>
  );
}

function MemorySkeleton() {
  return (
    <div className="flex flex-col gap-(--page-gap)">
      <Skeleton className="h-32" />
      <Skeleton className="h-72" />
    </div>
  );
}
