//! Writes the table of all functions as C: for each how it is called, a good value for each argument, and the statuses
//! that its comment promises.

use std::fmt::Write as _;

use serde_json::Value;

use super::header::{Function, Header, Parameter, Role};

/// Good arguments: `tests/abi/calls.json`.
pub struct Calls(Value);

impl Calls {
    pub fn read(text: &str) -> Self {
        Calls(serde_json::from_str(text).unwrap())
    }

    fn of<'a>(&'a self, function: &Function) -> Option<&'a Value> {
        self.0.get("calls").and_then(|calls| calls.get(&function.name))
    }

    pub fn names(&self) -> Vec<&str> {
        let calls = self.0.get("calls").and_then(Value::as_object).unwrap();
        calls.keys().map(String::as_str).collect()
    }

    pub fn arguments(&self, name: &str) -> Vec<&str> {
        let call = self
            .0
            .get("calls")
            .and_then(|calls| calls.get(name))
            .and_then(Value::as_object);
        call.unwrap().keys().map(String::as_str).collect()
    }

    /// Every function or parameter that a mark names.
    pub fn marks(&self) -> Vec<&str> {
        let lists = ["may_be_null", "sometimes_null", "bytes", "disturbs"]
            .into_iter()
            .filter_map(|mark| self.0.get(mark)?.as_array());
        lists.flatten().filter_map(Value::as_str).collect()
    }

    pub fn marked(&self, mark: &str, name: &str) -> bool {
        let marked = self.0.get(mark).and_then(Value::as_array).unwrap();
        marked.iter().any(|one| one == name)
    }

    /// A document by its name, else the text itself.
    fn text(&self, value: &Value) -> String {
        match value {
            Value::String(text) => match text.strip_prefix('@') {
                Some(name) => self.text(self.0.get("documents").and_then(|all| all.get(name)).unwrap()),
                None => text.clone(),
            },
            Value::Array(parts)
                if parts
                    .iter()
                    .any(|part| part.as_str().is_some_and(|part| part.starts_with('@'))) =>
            {
                let parts: Vec<_> = parts.iter().map(|part| self.text(part)).collect();
                format!("[{}]", parts.join(","))
            }
            Value::Object(fields) => {
                let one =
                    |(name, value): (&String, &Value)| format!("{}:{}", Value::from(name.as_str()), self.json(value));
                format!("{{{}}}", fields.iter().map(one).collect::<Vec<_>>().join(","))
            }
            other => other.to_string(),
        }
    }

    /// As [`Calls::text`], but plain text stays a JSON string.
    fn json(&self, value: &Value) -> String {
        match value {
            Value::String(text) if !text.starts_with('@') => value.to_string(),
            other => self.text(other),
        }
    }
}

/// The text as a C literal: every byte that is not plain stands in octal, which ends after three digits.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' | b'?' => write!(out, "\\{}", char::from(byte)).unwrap(),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => write!(out, "\\{byte:03o}").unwrap(),
        }
    }
    out + "\""
}

/// The table, to be included by `tests/abi/c/*.c`.
pub fn written(header: &Header, calls: &Calls) -> String {
    let mut out = String::from("/* Written by tests/abi/table.rs from the header and calls.json. */\n");
    for (at, handle) in header.handles.iter().enumerate() {
        writeln!(out, "#define TYPE_{handle} {at}").unwrap();
    }
    writeln!(out, "#define TYPE_COUNT {}", header.handles.len()).unwrap();
    let types: Vec<_> = header.handles.iter().map(|handle| format!("\"{handle}\"")).collect();
    writeln!(out, "static const char *const TYPES[] = {{{}}};", types.join(", ")).unwrap();
    for (name, document) in calls.0.get("documents").and_then(Value::as_object).unwrap() {
        let text = literal(&calls.text(document));
        writeln!(out, "#define DOCUMENT_{name} {text}").unwrap();
    }
    for function in &header.functions {
        out += &one(header, calls, function);
    }
    out += "static const function FUNCTIONS[] = {\n";
    for function in &header.functions {
        let name = &function.name;
        let frees = function.frees().map_or("-1".to_owned(), |base| format!("TYPE_{base}"));
        writeln!(
            out,
            "  {{\"{name}\", {}, {name}_parameters, {name}_call, {name}_documented, \
             (int)(sizeof {name}_documented / sizeof *{name}_documented), {}, {frees}}},",
            function.parameters.len(),
            i32::from(calls.marked("disturbs", name)),
        )
        .unwrap();
    }
    out + "};\n#define FUNCTION_COUNT ((int)(sizeof FUNCTIONS / sizeof *FUNCTIONS))\n"
}

fn one(header: &Header, calls: &Calls, function: &Function) -> String {
    let mut out = String::new();
    let name = &function.name;
    let mut parameters = String::new();
    for parameter in &function.parameters {
        parameters += &good(&mut out, calls, function, parameter);
    }
    if parameters.is_empty() {
        parameters.push_str("  {\"\", A_NUMBER, 0, 1, 0, NULL, 0, NULL, 0, NULL},\n");
    }
    write!(
        out,
        "static const parameter {name}_parameters[] = {{\n{parameters}}};\n"
    )
    .unwrap();
    let documented = header.documented(function).join(", ");
    writeln!(out, "static const int32_t {name}_documented[] = {{{documented}}};").unwrap();
    let arguments: Vec<_> = (0..)
        .zip(&function.parameters)
        .map(|(at, parameter)| match parameter.role {
            Role::Number | Role::Length => format!("({})v[{at}].number", parameter.written),
            _ => format!("({})v[{at}].pointer", parameter.written),
        })
        .collect();
    let call = format!("{name}({})", arguments.join(", "));
    let body = match function.returns.as_str() {
        "void" => format!("{call};\n  return ZEREN_OK"),
        _ => format!("return {call}"),
    };
    let used = if arguments.is_empty() { "(void)v;\n  " } else { "" };
    write!(
        out,
        "static int32_t {name}_call(const value *v) {{\n  {used}{body};\n}}\n"
    )
    .unwrap();
    out
}

/// The entry of a parameter, and before the table what it needs.
fn good(out: &mut String, calls: &Calls, function: &Function, parameter: &Parameter) -> String {
    let place = format!("{}.{}", function.name, parameter.name);
    let given = calls.of(function).and_then(|call| call.get(&parameter.name));
    let needed =
        || given.unwrap_or_else(|| panic!("say what a good {place} is: tests/abi/calls.json, under \"calls\""));
    let (mut text, mut array, mut number, mut stored) =
        (String::from("NULL, 0"), String::from("NULL"), 0, String::from("NULL"));
    match parameter.role {
        Role::Text => match needed().as_str().and_then(|text| text.strip_prefix('$')) {
            Some(kept) => stored = format!("\"{kept}\""),
            None => {
                let given = calls.text(needed());
                text = format!("{}, {}", literal(&given), given.len());
            }
        },
        Role::Array => {
            let values: Vec<_> = needed().as_array().unwrap().iter().map(ToString::to_string).collect();
            array = format!("{}_{}", function.name, parameter.name);
            // Longer than told, so that a call that tells too many rows still points to what is there.
            writeln!(
                out,
                "static const {} {array}[64] = {{{}}};",
                parameter.base,
                values.join(", ")
            )
            .unwrap();
        }
        // Another handle than the one that the world holds of this type.
        Role::Handle => {
            if let Some(kept) = given.and_then(Value::as_str).and_then(|text| text.strip_prefix('$')) {
                stored = format!("\"{kept}\"");
            }
        }
        Role::Number => number = needed().as_i64().unwrap(),
        _ => {}
    }
    let role = match parameter.role {
        Role::Handle => "A_HANDLE",
        Role::Text if calls.marked("bytes", &place) => "A_BYTES",
        Role::Text => "A_TEXT",
        Role::Length => "A_LENGTH",
        Role::Array => "A_ARRAY",
        Role::Number => "A_NUMBER",
        Role::OutText => "A_OUT_TEXT",
        Role::OutHandle => "A_OUT_HANDLE",
        Role::OutArray => "A_OUT_ARRAY",
        Role::OutNumber => "A_OUT_NUMBER",
        Role::Error => "A_ERROR",
        Role::FreedText => "A_FREED_TEXT",
    };
    let width = match parameter.base.as_str() {
        "int64_t" | "size_t" => 8,
        "int32_t" => 4,
        _ => 1,
    };
    let is_handle = matches!(parameter.role, Role::Handle | Role::OutHandle);
    let kind = if is_handle {
        format!("TYPE_{}", parameter.base)
    } else {
        "-1".to_owned()
    };
    format!(
        "  {{\"{}\", {role}, {kind}, {width}, {}, {text}, {array}, {number}, {stored}}},\n",
        parameter.name,
        match (
            calls.marked("may_be_null", &place),
            calls.marked("sometimes_null", &place)
        ) {
            (true, _) => 1,
            (_, true) => 2,
            _ => 0,
        },
    )
}

/// A library that has every function of the header and does nothing: what its debug information tells is the ABI as C sees
/// it, whatever the Rust compiler writes of its own types.
pub fn hollow(header: &Header) -> String {
    let mut out = String::from(
        "/* Written by tests/abi/table.rs: the functions of the header, hollow. */\n#include \"zeren.h\"\n",
    );
    for function in &header.functions {
        let parameters: Vec<_> = function
            .parameters
            .iter()
            .map(|parameter| format!("{} {}", parameter.written, parameter.name))
            .collect();
        let parameters = if parameters.is_empty() {
            "void".to_owned()
        } else {
            parameters.join(", ")
        };
        let unused: String = function
            .parameters
            .iter()
            .map(|parameter| format!(" (void){};", parameter.name))
            .collect();
        let gives = if function.returns == "void" { "" } else { " return 0;" };
        writeln!(
            out,
            "{} {}({parameters}) {{{unused}{gives} }}",
            function.returns, function.name
        )
        .unwrap();
    }
    out
}
