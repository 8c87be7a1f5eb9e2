import { brand, type WorkspaceId } from "@/lib/domain/ids";
import { firstWorkspace } from "@/lib/store/access";
import { liveIndex } from "./live-index";

/** Loads the model and the first workspace's index beside the start of the server, so that the first recall finds both. */
export async function warmUp(): Promise<void> {
  const workspace = await firstWorkspace();
  if (workspace !== null) await liveIndex(brand<WorkspaceId>(workspace.id));
}
