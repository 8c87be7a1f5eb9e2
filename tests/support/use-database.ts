/** A program for tests: uses the embedded database of the folder it is given until its standard input ends. */
import { ensureDatabase } from "@/lib/store/embedded-postgres";

const database = await ensureDatabase(process.argv[2] ?? "");
console.log(JSON.stringify({ url: database.url, adopted: database.adopted }));
process.stdin.resume();
process.stdin.once("end", () => void database.stop());
