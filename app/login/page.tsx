import { LoginPage } from "@/components/login/login-page";

export const metadata = { title: "Sign in" };

export default function Page() {
  return <LoginPage />;
}
