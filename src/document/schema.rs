//! JSON Schema (draft 2020-12), written from the shapes that the reader itself is made of.
//!
//! A schema never refuses what the reader takes. It takes what only the reader can judge: whether a day exists, whether a
//! period ends before it starts, whether what is referred to is there.

use super::shape::{FieldShape, RecordShape, Shape, VariantShape};
use super::{Name, NumberText, Value};

/// The dialect that the schemas are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The members of a schema that is being written.
type Members = Vec<(Name, Value)>;

/// The JSON Schema of a document of this shape. Members stand in the order in which they are declared, so equal shapes
/// give equal bytes.
///
/// ```
/// use zeren::document::{Read, json_schema, pretty};
/// zeren::record! {
///     /// A unit with the units below it.
///     pub struct Unit {
///         /// Its name.
///         pub name: String,
///         /// The units below it.
///         pub below: Vec<Unit>,
///     }
/// }
/// let schema = json_schema("单位", "urn:example:unit", Unit::shape());
/// assert_eq!(schema.at("/$ref").and_then(|to| to.as_text()), Some("#/$defs/Unit"));
/// assert_eq!(schema.at("/$defs/Unit/properties/below/items/$ref").and_then(|to| to.as_text()), Some("#/$defs/Unit"));
/// assert!(pretty(&schema).contains("\"required\": [\n        \"name\"\n      ]"));
/// ```
pub fn json_schema(title: &str, id: &str, shape: Shape) -> Value {
    let mut definitions = Definitions::default();
    let mut members = vec![text("$schema", DIALECT), text("$id", id), text("title", title)];
    let own = definitions.schema(shape);
    members.extend(own.into_iter().filter(|(name, _)| name != "title"));
    if !definitions.written.is_empty() {
        let written = definitions.written.into_iter();
        let named = written
            .map(|definition| (definition.name.into(), definition.schema))
            .collect();
        members.push(("$defs".into(), Value::Object(named)));
    }
    Value::Object(members)
}

/// A value as people read it: a member or item a line, two spaces a level, a line break at the end.
pub fn pretty(value: &Value) -> String {
    // Nothing in a tree of ours can fail to be written: names are text, and no number is a float.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    text + "\n"
}

/// An object schema that stands under a name.
struct Definition {
    record: Object,
    name: String,
    schema: Value,
}

/// What an object schema is made from.
#[derive(Clone, Copy)]
struct Object {
    outer: &'static [FieldShape],
    record: &'static RecordShape,
    /// The tag field and the word in it.
    tag: Option<(&'static str, &'static str)>,
}

/// Every object met so far, each once and under its own name. The names are what ends the recursion of types that
/// contain themselves.
#[derive(Default)]
struct Definitions {
    written: Vec<Definition>,
}

impl Definitions {
    fn schema(&mut self, shape: Shape) -> Members {
        match shape {
            Shape::Text(form) => string(form, text_length()),
            Shape::Pattern(form, pattern) => string(form, text("pattern", pattern)),
            Shape::Number => vec![text("type", "number")],
            Shape::Whole => vec![
                text("type", "integer"),
                ("minimum".into(), number(0)),
                ("maximum".into(), number(u32::MAX)),
            ],
            Shape::Format(format) => vec![("const".into(), number(format))],
            Shape::Boolean => vec![text("type", "boolean")],
            Shape::Choice(words) => one_of(words.iter().map(|(word, zh)| choice(word, zh)).collect()),
            Shape::List(inner) => {
                let items = Value::Object(self.schema(inner()));
                vec![text("type", "array"), ("items".into(), items)]
            }
            Shape::Map(inner) => {
                let values = Value::Object(self.schema(inner()));
                vec![text("type", "object"), ("additionalProperties".into(), values)]
            }
            Shape::Record(record) => self.object(Object {
                outer: &[],
                record,
                tag: None,
            }),
            Shape::Tagged(tag, variants) => self.tagged(&[], tag, variants),
            Shape::Enveloped(outer, tag, variants) => {
                let outer = match outer() {
                    Shape::Record(record) => record.fields,
                    _ => &[],
                };
                self.tagged(outer, tag, variants)
            }
            Shape::Either(shapes) => {
                let each = shapes.iter().map(|shape| Value::Object(self.schema(shape())));
                let each = each.collect();
                vec![("anyOf".into(), Value::List(each))]
            }
            Shape::Any => Members::new(),
        }
    }

    fn tagged(&mut self, outer: &'static [FieldShape], tag: &'static str, variants: &[VariantShape]) -> Members {
        let variants = variants.iter().map(|variant| match (variant.shape)() {
            Shape::Record(record) => self.object(Object {
                outer,
                record,
                tag: Some((tag, variant.tag)),
            }),
            // What else can stand beside a tag is for another reader: here only the tag is sure.
            _ => {
                let word = Value::Object(vec![text("const", variant.tag)]);
                vec![
                    text("type", "object"),
                    ("properties".into(), Value::Object(vec![(tag.into(), word)])),
                    ("required".into(), Value::List(vec![Value::Text(tag.to_owned())])),
                ]
            }
        });
        one_of(variants.collect())
    }

    /// A reference to the definition of an object, which is written when it is met first.
    fn object(&mut self, object: Object) -> Members {
        let known = self.written.iter().find(|definition| definition.record.is(&object));
        let name = match known {
            Some(definition) => definition.name.clone(),
            None => {
                let name = self.free_name(object.tag.map_or(object.record.name, |(_, word)| word));
                // The place is taken before the fields are written: one of them may lead back here.
                let place = self.written.len();
                self.written.push(Definition {
                    record: object,
                    name: name.clone(),
                    schema: Value::Null,
                });
                let schema = self.written_out(object);
                if let Some(definition) = self.written.get_mut(place) {
                    definition.schema = schema;
                }
                name
            }
        };
        vec![text("$ref", &format!("#/$defs/{name}"))]
    }

    /// The name itself, or with the first number that makes it new: rooms name their records without asking each other.
    fn free_name(&self, name: &str) -> String {
        let numbered = (2_u32..).map(|number| format!("{name}{number}"));
        let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
        let free = candidates.find(|name| !self.written.iter().any(|definition| definition.name == *name));
        free.unwrap_or_else(|| name.to_owned())
    }

    fn written_out(&mut self, object: Object) -> Value {
        let mut properties = Members::new();
        let mut required = Vec::new();
        if let Some((tag, word)) = object.tag {
            // Editors that offer the words of a tag show what each is for.
            let doc = one_line(object.record.doc);
            let word = vec![text("const", word), text("description", &doc)];
            properties.push((tag.into(), Value::Object(word)));
            required.push(Value::Text(tag.to_owned()));
        }
        let tag = object.tag.map(|(tag, _)| tag);
        for field in object.fields().filter(|field| Some(field.name) != tag) {
            let schema = described(field.doc, self.schema((field.shape)()));
            properties.push((field.name.into(), Value::Object(schema)));
            if object.requires(field.name) {
                required.push(Value::Text(field.name.to_owned()));
            }
        }
        let mut members = vec![
            text("description", &one_line(object.record.doc)),
            text("type", "object"),
            ("properties".into(), Value::Object(properties)),
        ];
        if !required.is_empty() {
            members.push(("required".into(), Value::List(required)));
        }
        members.push(("additionalProperties".into(), Value::Bool(false)));
        Value::Object(members)
    }
}

impl Object {
    /// The fields in their order. A field that the record shares with the outer one is said by the record: it knows
    /// better what the field is for.
    fn fields(self) -> impl Iterator<Item = &'static FieldShape> {
        let own = self.record.fields;
        let shared = |outer: &FieldShape| own.iter().any(|field| field.name == outer.name);
        self.outer.iter().filter(move |outer| !shared(outer)).chain(own)
    }

    /// A shared field is read twice, so it is required when either says so.
    fn requires(self, name: &str) -> bool {
        let mut both = self.outer.iter().chain(self.record.fields);
        both.any(|field| field.name == name && (field.required)())
    }

    /// Whether both are one. By content: the address of a constant is nobody's promise.
    fn is(&self, other: &Object) -> bool {
        let names = |object: &Object| object.fields().map(|field| field.name).collect::<Vec<_>>();
        self.tag == other.tag
            && self.record.name == other.record.name
            && self.record.doc == other.record.doc
            && names(self) == names(other)
    }
}

fn string(form: &str, limit: (Name, Value)) -> Members {
    let mut members = vec![text("type", "string"), limit];
    if !form.is_empty() {
        members.push(text("description", form));
    }
    members
}

fn text_length() -> (Name, Value) {
    ("minLength".into(), number(1))
}

/// A word with its Chinese name: forms that are made from a schema show the title, editors that offer words show the
/// description; so it is both.
fn choice(word: &str, zh: &str) -> Members {
    vec![text("const", word), text("title", zh), text("description", zh)]
}

/// Exactly one of these; a single one needs no choice.
fn one_of(mut schemas: Vec<Members>) -> Members {
    match schemas.pop() {
        Some(only) if schemas.is_empty() => only,
        last => {
            schemas.extend(last);
            let schemas = schemas.into_iter().map(Value::Object).collect();
            vec![("oneOf".into(), Value::List(schemas))]
        }
    }
}

/// A schema with what the field means, and behind it what the schema says of its form.
fn described(doc: &str, schema: Members) -> Members {
    let mut description = one_line(doc);
    let mut members = Members::new();
    for (name, value) in schema {
        match value {
            Value::Text(form) if name == "description" => description.push_str(&format!(" ({form})")),
            value => members.push((name, value)),
        }
    }
    members.insert(0, text("description", &description));
    members
}

fn one_line(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(name: &str, text: &str) -> (Name, Value) {
    (name.into(), Value::Text(text.to_owned()))
}

fn number(number: u32) -> Value {
    Value::Number(NumberText::from(i64::from(number)))
}

#[cfg(test)]
mod tests;
