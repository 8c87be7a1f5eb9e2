"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { AppearanceControls } from "../shell/appearance-menu";
import { Writable } from "../shell/writable";
import { Card } from "../ui/card";
import { Page, PageHeader } from "../ui/page-header";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "../ui/tabs";
import { ApiKeys } from "./api-keys";
import { Backups } from "./backups";
import { DataExport } from "./data-export";
import { DataImport } from "./data-import";
import { ParameterList } from "./parameter-list";
import { Verification } from "./verification";

const tabs = ["parameters", "keys", "data", "appearance"] as const;
const tabLabels = {
  parameters: "Parameters",
  keys: "API keys",
  data: "Data",
  appearance: "Appearance",
} as const;

/** Change behaviour without fear: every setting is a change like any other. */
export function SettingsPage() {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("parameters"));
  return (
    <Page>
      <PageHeader
        title="Settings"
        description="Every parameter is a change on the timeline, and can be taken back like any other."
      />
      <Tabs value={tab} onValueChange={(next) => void setTab(tabs.find((known) => known === next) ?? null)}>
        <TabsList aria-label="Settings">
          {tabs.map((name) => (
            <TabsTrigger key={name} value={name}>
              {tabLabels[name]}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="parameters" className="pt-(--page-gap)">
          <ParameterList />
        </TabsContent>
        <TabsContent value="keys" className="pt-(--page-gap)">
          <Writable>
            <ApiKeys />
          </Writable>
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
        <TabsContent value="appearance" className="pt-(--page-gap)">
          <Card title="Appearance" description="Kept in this browser.">
            <AppearanceControls />
          </Card>
        </TabsContent>
      </Tabs>
    </Page>
  );
}
