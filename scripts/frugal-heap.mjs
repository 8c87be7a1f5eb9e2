/**
 * Loaded into the web server. A store of a hundred thousand memories is a hundred megabytes of heap that stay; left to
 * itself, the collector lets as much garbage gather beside them before it looks again. Looking after a fifth saves a hundred
 * megabytes for a tenth more processor time while the index is loaded; an eighth saves thirty more for .4 of 9 seconds.
 *
 * Set while running and not on the command line, where a Node.js that no longer knew the flag would refuse to start.
 */
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--heap-growing-percent=12");
