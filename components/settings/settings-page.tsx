"use client";

import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useRef } from "react";
import { AppearanceControls } from "../shell/appearance-menu";
import { Writable } from "../shell/writable";
import { Card } from "../ui/card";
import { Page, PageHeader } from "../ui/page-header";
import { Skeleton } from "../ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "../ui/tabs";
import { ParameterList } from "./parameter-list";

// A tab's code is fetched when it is opened.
const Waiting = () => <Skeleton aria-busy="true" className="h-40" />;
const AccountSettings = dynamic(() => import("./account").then((module) => module.AccountSettings), {
  loading: Waiting,
});
const ApiKeys = dynamic(() => import("./api-keys").then((module) => module.ApiKeys), { loading: Waiting });
const Audit = dynamic(() => import("./audit").then((module) => module.Audit), { loading: Waiting });
const Backups = dynamic(() => import("./backups").then((module) => module.Backups), { loading: Waiting });
const DataExport = dynamic(() => import("./data-export").then((module) => module.DataExport), {
  loading: Waiting,
});
const DataImport = dynamic(() => import("./data-import").then((module) => module.DataImport), {
  loading: Waiting,
});
const Models = dynamic(() => import("./models").then((module) => module.Models), { loading: Waiting });
const People = dynamic(() => import("./people").then((module) => module.People), { loading: Waiting });
const Verification = dynamic(() => import("./verification").then((module) => module.Verification), {
  loading: Waiting,
});
const Webhooks = dynamic(() => import("./webhooks").then((module) => module.Webhooks), { loading: Waiting });
const Workspaces = dynamic(() => import("./workspaces").then((module) => module.Workspaces), {
  loading: Waiting,
});

const tabs = [
  "parameters",
  "workspaces",
  "people",
  "keys",
  "webhooks",
  "models",
  "data",
  "audit",
  "account",
  "appearance",
] as const;
const tabLabels = {
  parameters: "Parameters",
  workspaces: "Workspaces",
  people: "People",
  keys: "API keys",
  webhooks: "Webhooks",
  models: "Models",
  data: "Data",
  audit: "Audit",
  account: "Account",
  appearance: "Appearance",
} as const;
/** Of what changes nothing on the timeline. */
const writable = { workspaces: Workspaces, people: People, keys: ApiKeys, webhooks: Webhooks } as const;

/** Change behaviour without fear: every setting is a change like any other. */
export function SettingsPage() {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("parameters"));
  const list = useShownTab(tab);
  return (
    <Page>
      <PageHeader
        title="Settings"
        description="Every parameter is a change on the timeline, and can be taken back like any other; who may come in is in the audit."
      />
      <Tabs value={tab} onValueChange={(next) => void setTab(tabs.find((known) => known === next) ?? null)}>
        <TabsList ref={list} aria-label="Settings">
          {tabs.map((name) => (
            <TabsTrigger key={name} value={name}>
              {tabLabels[name]}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="parameters" className="pt-(--page-gap)">
          <ParameterList />
        </TabsContent>
        {(["workspaces", "people", "keys", "webhooks"] as const).map((name) => {
          const Panel = writable[name];
          return (
            <TabsContent key={name} value={name} className="pt-(--page-gap)">
              <Writable>
                <Panel />
              </Writable>
            </TabsContent>
          );
        })}
        <TabsContent value="models" className="pt-(--page-gap)">
          <Models />
        </TabsContent>
        <TabsContent value="data" className="flex flex-col gap-(--page-gap) pt-(--page-gap)">
          <Writable>
            <DataImport />
          </Writable>
          <DataExport />
          <Writable>
            <Backups />
          </Writable>
          <Verification />
        </TabsContent>
        <TabsContent value="audit" className="pt-(--page-gap)">
          <Audit />
        </TabsContent>
        <TabsContent value="account" className="flex flex-col gap-(--page-gap) pt-(--page-gap)">
          <AccountSettings />
        </TabsContent>
        <TabsContent value="appearance" className="pt-(--page-gap)">
          <Card title="Appearance" description="Kept in this browser.">
            <AppearanceControls />
          </Card>
        </TabsContent>
      </Tabs>
    </Page>
  );
}

/** On a narrow screen the list of tabs is wider than it: the chosen one is brought into sight. */
function useShownTab(tab: string) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = list.current?.querySelector('[data-state="active"]');
    chosen?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [tab]);
  return list;
}
