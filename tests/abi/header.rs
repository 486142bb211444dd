//! Reads `include/zeren.h`: what every test of the ABI goes by, so that no function is forgotten.

use std::collections::BTreeMap;

/// What a parameter is for, by its type and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Handle,
    Text,
    /// The length of the text or of the bytes before it.
    Length,
    Array,
    Number,
    OutText,
    OutHandle,
    OutArray,
    /// A single number, 0 after a failure.
    OutNumber,
    Error,
    /// A `zeren_text` that is freed.
    FreedText,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: String,
    pub role: Role,
    /// `zeren_system` or `int64_t`: the type without `const`, `struct` and stars.
    pub base: String,
    /// As it stands in the header, without the name.
    pub written: String,
}

#[derive(Debug)]
pub struct Function {
    pub name: String,
    pub returns: String,
    pub comment: String,
    pub parameters: Vec<Parameter>,
}

impl Function {
    /// The type of handle that it frees.
    pub fn frees(&self) -> Option<&str> {
        let only = self.parameters.first()?;
        (self.returns == "void" && only.role == Role::Handle).then_some(only.base.as_str())
    }

    pub fn has(&self, role: Role) -> bool {
        self.parameters.iter().any(|parameter| parameter.role == role)
    }
}

/// The header: its functions in order, its opaque types, its numbers.
pub struct Header {
    pub functions: Vec<Function>,
    pub handles: Vec<String>,
    pub numbers: BTreeMap<String, i64>,
}

impl Header {
    pub fn read(text: &str) -> Self {
        let (_, body) = text.split_once("*/").unwrap();
        let (mut functions, mut handles, mut numbers) = (Vec::new(), Vec::new(), BTreeMap::new());
        let (mut comment, mut declaration) = (String::new(), String::new());
        for line in body.lines() {
            if let Some(said) = line.strip_prefix("//") {
                comment.push_str(said.strip_prefix(' ').unwrap_or(said));
                comment.push('\n');
                continue;
            }
            if let Some((name, number)) = line.strip_prefix("#define ").and_then(|rest| rest.split_once(' ')) {
                if let Ok(number) = number.parse() {
                    numbers.insert(name.to_owned(), number);
                }
            } else if let Some(rest) = line.strip_prefix("typedef struct ")
                && let Some((name, again)) = rest.split_once(' ')
                && again.trim_end_matches(';') == name
            {
                handles.push(name.to_owned());
            }
            if line.starts_with("ZEREN_API") || !declaration.is_empty() {
                declaration.push_str(line);
                declaration.push(' ');
                if line.ends_with(';') {
                    functions.push(function(&declaration, std::mem::take(&mut comment)));
                    declaration.clear();
                }
            } else {
                comment.clear();
            }
        }
        Header {
            functions,
            handles,
            numbers,
        }
    }

    pub fn function(&self, name: &str) -> &Function {
        let found = self.functions.iter().find(|function| function.name == name);
        found.unwrap_or_else(|| panic!("the header has no {name}"))
    }

    /// The statuses that a function says it returns, by name; `Returns as` another function includes those of it.
    pub fn documented(&self, function: &Function) -> Vec<String> {
        let Some((_, said)) = function.comment.rsplit_once("Returns ") else {
            return vec!["ZEREN_OK".to_owned()];
        };
        let mut all: Vec<String> = names(said)
            .into_iter()
            .filter(|name| name.starts_with("ZEREN_"))
            .collect();
        if said.starts_with("as ") {
            let other = names(said).into_iter().find(|name| name.starts_with("zeren_")).unwrap();
            all.extend(self.documented(self.function(&other)));
        }
        all
    }
}

/// The identifiers in a piece of text.
pub fn names(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

fn function(declaration: &str, comment: String) -> Function {
    let declaration = declaration.replace("ZEREN_API", "").replace("ZEREN_CHECK", "");
    let (before, inside) = declaration.split_once('(').unwrap();
    let (returns, name) = before.trim().rsplit_once(' ').unwrap();
    let inside = inside.rsplit_once(')').unwrap().0;
    let mut parameters: Vec<Parameter> = Vec::new();
    for written in inside.split(',').map(str::trim).filter(|written| *written != "void") {
        let parameter = parameter(written, returns, parameters.last());
        parameters.push(parameter);
    }
    if !parameters.iter().any(|parameter| parameter.role == Role::Number) {
        // Nothing tells how many there are.
        for parameter in parameters
            .iter_mut()
            .filter(|parameter| parameter.role == Role::OutArray)
        {
            parameter.role = Role::OutNumber;
        }
    }
    Function {
        name: name.to_owned(),
        returns: returns.to_owned(),
        comment,
        parameters,
    }
}

fn parameter(written: &str, returns: &str, before: Option<&Parameter>) -> Parameter {
    let name = names(written).pop().unwrap();
    let typed = written.strip_suffix(name.as_str()).unwrap().trim().to_owned();
    let constant = typed.starts_with("const ");
    let stars = typed.matches('*').count();
    let base = typed
        .replace("const ", "")
        .replace("struct ", "")
        .replace('*', "")
        .trim()
        .to_owned();
    let length_of =
        |before: &Parameter| before.role == Role::Text && (name == format!("{}_len", before.name) || name == "len");
    let role = match (base.as_str(), stars) {
        ("zeren_text", 1) if returns == "void" => Role::FreedText,
        ("zeren_text", 1) => Role::OutText,
        ("zeren_error", 2) => Role::Error,
        (base, 2) if base.starts_with("zeren_") => Role::OutHandle,
        (base, 1) if base.starts_with("zeren_") => Role::Handle,
        ("char", 1) if constant => Role::Text,
        ("size_t", 0) if before.is_some_and(length_of) => Role::Length,
        ("int64_t" | "int32_t" | "uint8_t", 1) if constant => Role::Array,
        ("int64_t" | "int32_t" | "uint8_t", 1) => Role::OutArray,
        ("size_t" | "int64_t" | "int32_t", 0) => Role::Number,
        _ => panic!("a parameter that no test knows how to give: {written}"),
    };
    Parameter {
        name,
        role,
        base,
        written: typed,
    }
}
