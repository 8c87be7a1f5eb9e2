"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { AppearanceControls } from "../shell/appearance-menu";
import { Writable } from "../shell/writable";
import { Card } from "../ui/card";
import { Page, PageHeader } from "../ui/page-header";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "../ui/tabs";
import { AccountSettings } from "./account";
import { ApiKeys } from "./api-keys";
import { Audit } from "./audit";
import { Backups } from "./backups";
import { DataExport } from "./data-export";
import { DataImport } from "./data-import";
import { Models } from "./models";
import { ParameterList } from "./parameter-list";
import { People } from "./people";
import { Verification } from "./verification";
import { Webhooks } from "./webhooks";
import { Workspaces } from "./workspaces";

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
  return (
    <Page>
      <PageHeader
        title="Settings"
        description="Every parameter is a change on the timeline, and can be taken back like any other; who may come in is in the audit."
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
