"use client";

import dynamic from "next/dynamic";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { rangeInput } from "../overview/range-input";
import { Writable } from "../shell/writable";
import { RevertDialog } from "../timeline/revert-dialog-later";
import { useQuickRevert } from "../timeline/use-revert";
import { Page, PageHeader } from "../ui/page-header";
import { Skeleton } from "../ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "../ui/tabs";
import { TimeRangeControl } from "../ui/time-range-control";
import { useTimeRange } from "../ui/use-time-range";
import { currentTab, learningTabs, tabLabels } from "./learning-tabs";
import { LoopPanel } from "./loop-panel";
import { useHash } from "./use-hash";

// A tab's code is fetched when it is opened.
const Waiting = () => <Skeleton aria-busy="true" className="h-72" />;
const CostsPanel = dynamic(() => import("./costs-panel").then((module) => module.CostsPanel), {
  loading: Waiting,
});
const DiagnosisPanel = dynamic(() => import("./diagnosis-panel").then((module) => module.DiagnosisPanel), {
  loading: Waiting,
});
const OutcomesPanel = dynamic(() => import("./outcomes-panel").then((module) => module.OutcomesPanel), {
  loading: Waiting,
});
const SafetyPanel = dynamic(() => import("./safety-panel").then((module) => module.SafetyPanel), {
  loading: Waiting,
});

const parsers = {
  tab: parseAsStringLiteral(learningTabs),
  memory: parseAsString,
};
/** Safety and costs tell how it stands now. */
const timeless: readonly string[] = ["safety", "costs"];

/** Does it learn, is that worth anything, and what should be mended or taken back? */
export function LearningPage() {
  const [address, setAddress] = useQueryStates(parsers);
  const tab = currentTab({ ...address, hash: useHash() });
  const isTimeless = timeless.includes(tab) || (tab === "outcomes" && address.memory !== null);
  const [openedAtMs] = useState(() => Date.now());
  const [range, setRange] = useTimeRange();
  const input = rangeInput(range, openedAtMs);
  const revert = useQuickRevert();
  return (
    <Page>
      <PageHeader
        title="Learning"
        description="Whether the loop is alive, what it is worth, what each outcome moved, and where answers fail."
        actions={isTimeless ? null : <TimeRangeControl value={range} onValueChange={setRange} />}
      />
      <Tabs
        value={tab}
        onValueChange={(next) =>
          void setAddress({ tab: learningTabs.find((known) => known === next) ?? null })
        }
      >
        <TabsList aria-label="Learning">
          {learningTabs.map((name) => (
            <TabsTrigger key={name} value={name}>
              {tabLabels[name]}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="loop" className="pt-(--page-gap)">
          <LoopPanel range={input} />
        </TabsContent>
        <TabsContent value="outcomes" className="pt-(--page-gap)">
          <OutcomesPanel
            range={input}
            memoryId={address.memory}
            onAllMemories={() => void setAddress({ memory: null, tab: "outcomes" })}
            onTakeBack={(signalId) => revert.ask({ select: { signalId } })}
          />
        </TabsContent>
        <TabsContent value="diagnosis" className="pt-(--page-gap)">
          <DiagnosisPanel range={input} />
        </TabsContent>
        <TabsContent value="safety" className="pt-(--page-gap)">
          <div id="safety">
            <Writable>
              <SafetyPanel onTakeBack={revert.ask} />
            </Writable>
          </div>
        </TabsContent>
        <TabsContent value="costs" className="pt-(--page-gap)">
          <CostsPanel />
        </TabsContent>
      </Tabs>
      <RevertDialog target={revert.pending} open={revert.isOpen} onOpenChange={revert.setOpen} />
    </Page>
  );
}
