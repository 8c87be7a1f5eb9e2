import { v7 as uuidv7 } from "uuid";

/** UUIDv7: made by the app, ordered by time, so that keys grow at one end of their index. */
export const newId = (): string => uuidv7();
