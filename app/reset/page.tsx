import { ResetPage } from "@/components/login/reset-page";

export const metadata = { title: "Set a new password" };

export default function Page() {
  return <ResetPage />;
}
