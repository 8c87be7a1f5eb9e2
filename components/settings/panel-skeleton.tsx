import { SkeletonRows } from "../ui/skeleton";

/** The rows of a flush card while they load. */
export function PanelSkeleton() {
  return (
    <div className="px-(--card-pad) pb-(--card-pad)">
      <SkeletonRows />
    </div>
  );
}
