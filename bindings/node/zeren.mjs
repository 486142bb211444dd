// zeren (责任) for Node 18 and later, through koffi. The library is the file that ZEREN_LIBRARY names, else beside this file.
//
// What goes in and comes out is JSON; objects are given and taken as text, since numbers with decimals are exact there and
// not in JavaScript. Close what has a close().
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import koffi from "koffi";

const ABI = 0;
const OK = 0;
const CONFLICT = 12;

function path() {
  if (process.env.ZEREN_LIBRARY) return process.env.ZEREN_LIBRARY;
  const name = { win32: "zeren.dll", darwin: "libzeren.dylib" }[process.platform] ?? "libzeren.so";
  const beside = fileURLToPath(new URL(name, import.meta.url));
  return existsSync(beside) ? beside : name;
}

const library = koffi.load(path());
const abi = library.func("int32_t zeren_abi_version()")();
if (abi !== ABI) throw new Error(`${path()} has ABI ${abi}, this module needs ABI ${ABI}: install matching versions`);

const Text = koffi.struct("zeren_text", { data: "void *", len: "size_t" });
const text = "_Inout_ zeren_text *";
const handle = "_Out_ void **";
const IN = "const uint8_t *, size_t";
const declare = (name, parameters) => library.func(`int32_t ${name}(${parameters})`);
const release = (name) => library.func(`void ${name}(void *)`);

const free = library.func(`void zeren_text_free(${text})`);
const freeError = release("zeren_error_free");
const errorJson = declare("zeren_error_json", `void *, ${text}`);
const versionOf = declare("zeren_version", text);
const verifyLedger = declare("zeren_ledger_verify", `${IN}, ${IN}, ${text}, ${handle}`);
const systemOpen = declare("zeren_system_open", `${IN}, ${IN}, ${handle}, ${handle}`);
const systemPrepare = declare("zeren_system_prepare", `void *, ${IN}, ${handle}, ${text}, ${handle}`);
const systemCommit = declare("zeren_system_commit", `void *, void *, ${handle}`);
const systemFollow = declare("zeren_system_follow", `void *, ${IN}, ${handle}`);
const systemView = declare("zeren_system_view", `void *, ${IN}, ${text}, ${handle}`);
const schemeParse = declare("zeren_scheme_parse", `${IN}, ${handle}, ${handle}`);
const schemeReadBack = declare("zeren_scheme_read_back", `void *, ${text}, ${handle}`);
const schemeCheck = declare("zeren_scheme_check", `void *, ${text}, ${handle}`);
const schemeScore = declare("zeren_scheme_score", `void *, ${IN}, ${text}, ${handle}`);
const yearNew = declare("zeren_year_new", `${handle}, ${handle}`);
const yearAssess = declare("zeren_year_assess", `void *, void *, void *, ${IN}, ${text}, ${handle}`);

/** Why a call was refused: status (a number), kind (a word), code, pointer, findings; json is the whole of it. */
export class ZerenError extends Error {
  constructor(status, json) {
    const told = JSON.parse(json);
    super(told.findings.map((f) => `[${f.code}] ${f.pointer ?? ""} ${f.zh} / ${f.en}`).join("\n"));
    Object.assign(this, { name: "ZerenError", status, json, kind: told.kind, findings: told.findings });
    this.code = told.findings[0]?.code ?? told.kind;
    this.pointer = told.findings[0]?.pointer;
  }
  /** Whether the ledger has moved on: roll back, follow, prepare again. */
  get conflict() {
    return this.status === CONFLICT;
  }
}

// Text in. Buffer.from would write U+FFFD for half of a surrogate pair.
function utf8(string) {
  if (/\p{Surrogate}/u.test(string)) throw new TypeError("half of a surrogate pair: the text was cut within a character");
  const bytes = Buffer.from(string, "utf8");
  return [bytes, bytes.length];
}

function take(out) {
  const bytes = Number(out.len) === 0 ? [] : koffi.decode(out.data, koffi.array("uint8_t", Number(out.len)));
  free(out);
  return Buffer.from(bytes).toString("utf8");
}

function call(f, ...parameters) {
  const error = [null];
  const status = f(...parameters, error);
  if (status === OK) return;
  const out = { data: null, len: 0 };
  const told = errorJson(error[0], out) === OK ? take(out) : '{"kind":"internal","findings":[]}';
  freeError(error[0]);
  throw new ZerenError(status, told);
}

function ask(f, ...parameters) {
  const out = { data: null, len: 0 };
  call(f, ...parameters, out);
  return take(out);
}

class Handle {
  #pointer;
  #free;
  constructor(name, make) {
    const out = [null];
    make(out);
    this.#pointer = out[0];
    this.#free = Handle.#frees[name] ??= release(`zeren_${name}_free`);
  }
  static #frees = {};
  get pointer() {
    if (this.#pointer === null) throw new TypeError("it is closed");
    return this.#pointer;
  }
  /** Frees it. Again does nothing. */
  close() {
    if (this.#pointer !== null) this.#free(this.#pointer);
    this.#pointer = null;
  }
}

/** A batch that was checked and has not happened yet: store its lines, then commit it. */
export class Prepared extends Handle {}

/** The state that a ledger leads to; lines is what is stored, as one text. */
export class System extends Handle {
  constructor(ledger, lines = "") {
    super("system", (out) => call(systemOpen, ...utf8(ledger), ...utf8(lines), out));
  }
  prepare(request) {
    const lines = { data: null, len: 0 };
    const batch = new Prepared("prepared", (out) => call(systemPrepare, this.pointer, ...utf8(request), out, lines));
    batch.lines = take(lines);
    return batch;
  }
  commit(batch) {
    call(systemCommit, this.pointer, batch.pointer);
  }
  follow(lines) {
    call(systemFollow, this.pointer, ...utf8(lines));
  }
  view(query) {
    return ask(systemView, this.pointer, ...utf8(query));
  }
  head() {
    return this.view('{"view":"head","day":"2000-01-01"}');
  }
}

/** A scheme of an assessment. */
export class Scheme extends Handle {
  constructor(document) {
    super("scheme", (out) => call(schemeParse, ...utf8(document), out));
  }
  readBack() {
    return ask(schemeReadBack, this.pointer);
  }
  check() {
    return ask(schemeCheck, this.pointer);
  }
  score(facts) {
    return ask(schemeScore, this.pointer, ...utf8(facts));
  }
}

/** An assessment year: keeps what each scheme gave, for the schemes that include it. */
export class Year extends Handle {
  constructor() {
    super("year", (out) => call(yearNew, out));
  }
  assess(system, scheme, query) {
    return ask(yearAssess, this.pointer, system.pointer, scheme.pointer, ...utf8(query));
  }
}

/** The version of the library. */
export function version() {
  const out = { data: null, len: 0 };
  if (versionOf(out) !== OK) throw new Error("zeren_version failed");
  return take(out);
}

/** Checks the chain of stored lines and gives their head. */
export function verify(ledger, lines) {
  return ask(verifyLedger, ...utf8(ledger), ...utf8(lines));
}
