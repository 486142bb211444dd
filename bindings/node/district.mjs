// The first case: node district.mjs examples/district OUT. Two years of acts, what the checks find, and the scores.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Scheme, System, Year, ZerenError, verify } from "./zeren.mjs";

const [district, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const read = (...path) => readFileSync(join(district, ...path), "utf8");
const write = (name, text) => writeFileSync(join(out, name), text);
let stored = "";

/** A request without a head, with the head that the system shows. */
const request = (system, document) => `{"head":${system.head()},${document.slice(document.indexOf("{") + 1)}`;

/** Enters every request of a folder, in the order of their names: prepare, store, commit. */
function enter(system, folder) {
  for (const name of readdirSync(join(district, folder)).sort()) {
    const batch = system.prepare(request(system, read(folder, name)));
    stored += batch.lines;
    system.commit(batch);
    batch.close();
  }
}

const system = new System("示例新区");
enter(system, "2022");
write("findings-2022.json", system.view('{"view":"findings","day":"2022-12-31"}'));
write("cascade-2022.json", system.view('{"view":"cascade","day":"2022-12-31"}'));
const [trial, own, annual] = ["2022-trial", "2023", "2023-annual"].map((name) => new Scheme(read("schemes", `${name}.json`)));
const years = [new Year(), new Year()];
write("trial-2022.json", years[0].assess(system, trial, '{"day":"2022-12-31","subjects":["s-xinqu"]}'));

enter(system, "2023");
write("table-2023.md", own.readBack());
write("sheets-2023.json", years[1].assess(system, own, '{"day":"2024-01-31"}'));
write("annual-2023.json", years[1].assess(system, annual, '{"day":"2024-01-31"}'));

write("ledger.jsonl", stored);
const again = new System("示例新区", stored);
if (again.head() !== system.head() || verify("示例新区", stored) !== system.head())
  throw new Error("the stored lines lead elsewhere");

try {
  system.prepare(
    request(
      system,
      '{"time":"2024-01-31T09:00:00+08:00","operator":"office-1","acts":[{"act":"unit.ended","id":"x",' +
        '"effective":"2024-01-01","unit":"无此单位"}]}',
    ),
  );
} catch (error) {
  if (!(error instanceof ZerenError)) throw error;
  write("refused.json", error.json);
}

const rare = new System("生僻字");
const batch = rare.prepare(
  request(
    rare,
    '{"time":"2023-01-04T09:00:00+08:00","operator":"u-17","acts":[{"act":"units.founded","id":"a-1",' +
      '"effective":"2023-01-01","units":[{"id":"u-𬱖","name":"䶮㙍𬱖𫘦𨱔镇","class":"镇"}]}]}',
  ),
);
write("names.jsonl", batch.lines);
rare.commit(batch);
write("names.json", rare.view('{"view":"unit","day":"2023-06-30","unit":"u-𬱖"}'));

for (const handle of [batch, rare, again, ...years, trial, own, annual, system]) handle.close();
