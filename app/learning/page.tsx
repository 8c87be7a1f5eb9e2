import { LearningPage } from "@/components/learning/learning-page";

export const metadata = { title: "Learning" };

export default function Page() {
  return <LearningPage />;
}
