"use client";

import { useQuery } from "@tanstack/react-query";
import { Braces, PlugZap } from "lucide-react";
import Link from "next/link";
import { reference } from "@/lib/client/reference";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataPanel } from "../ui/data-panel";
import { Page, PageHeader } from "../ui/page-header";
import { SkeletonRows } from "../ui/skeleton";
import { OperationList } from "./operation-list";
import { readReference, type ReferenceDocument } from "./read-reference";

/** What can be called, with what, and what comes back. */
export function ReferencePage() {
  const query = useQuery({
    ...reference,
    // The document is the server's own, made from the same table as its routes.
    select: (document) => readReference(document as ReferenceDocument),
  });
  return (
    <Page>
      <PageHeader
        title="API reference"
        {...(query.data ? { aside: `version ${query.data.version}` } : {})}
        description="Every operation of this server, made from the table that its routes, its client and its tools are made from."
        actions={
          <>
            <Button asChild>
              <a href="/api/v1/openapi.json">
                <Braces aria-hidden />
                OpenAPI document
              </a>
            </Button>
            <Button asChild>
              <Link href="/connect">
                <PlugZap aria-hidden />
                Connect
              </Link>
            </Button>
          </>
        }
      />
      <DataPanel
        query={query}
        failureTitle="The reference could not be loaded"
        skeleton={
          <Card>
            <SkeletonRows rows={12} />
          </Card>
        }
      >
        {(read) => <OperationList reference={read} />}
      </DataPanel>
    </Page>
  );
}
