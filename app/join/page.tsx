import { JoinPage } from "@/components/login/join-page";

export const metadata = { title: "You are invited" };

export default function Page() {
  return <JoinPage />;
}
