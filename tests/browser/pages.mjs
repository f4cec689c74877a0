// The reports under test and the numbers behind them, made once by the program itself.
//
// RESORB names the program; without it, the one that cargo built.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.RESORB ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "resorb");

export const folder = mkdtempSync(join(tmpdir(), "resorb-report-"));

/** What the program writes to standard output. */
export const resorb = (...words) =>
  execFileSync(program, words, { cwd: folder, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });

/** The address of a report. */
const report = (name, ...words) => {
  const file = join(folder, `${name}.html`);
  resorb("report", ...words, "-o", file);
  return pathToFileURL(file).href;
};

/** A name that would run if it ever became markup. */
export const HOSTILE = "<img src=x onerror=alert(1)>";

writeFileSync(
  join(folder, "hostile.csv"),
  `study,year,events,total,"</script><script>alert(2)</script>"\n${HOSTILE},1992,64,84,<b>a</b>\nKomori 1996,1996,35,77,b\nAhn 2000,2000,25,36,<b>a</b>\nCribb 2007,2007,14,15,b\n`,
);
writeFileSync(join(folder, "one.csv"), "study,events,total\nBush 1992,64,84\n");

export const pages = {
  lumbar: report("lumbar", "ldh_resorption"),
  hostile: report("hostile", "hostile.csv"),
  one: report("one", "one.csv"),
};

export const json = (...words) => JSON.parse(resorb(...words, "--format", "json"));
export const bytes = (name) => readFileSync(join(folder, name));
