import { ConnectPage } from "@/components/connect/connect-page";

export const metadata = { title: "Connect" };

export default function Page() {
  return <ConnectPage />;
}
