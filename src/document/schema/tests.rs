use super::json_schema;
use crate::document::{Read, Shape, Value, VariantShape, canonical};

mod elsewhere {
    crate::record! {
        /// Another pair.
        pub struct Pair {
            /// Left.
            pub left: String,
        }
    }
}

crate::choice! {
    /// A side.
    pub enum Side {
        /// Up.
        Up = "up" "上",
        /// Down.
        Down = "down" "下",
    }
}

crate::record! {
    /// A pair
    /// of two.
    pub struct Pair {
        /// The other pair.
        pub other: elsewhere::Pair,
        /// The same again.
        pub again: Option<Box<Pair>>,
        /// Its side.
        pub r#side as "side": Side,
        /// The word pair.
        pub kind: String => || Shape::Choice(&[("pair", "一对")]),
        /// When.
        pub day: Option<String> => || Shape::Pattern("date, 2022-12-31", "^[0-9]{4}-"),
    }
}

crate::record! {
    /// What all have.
    pub struct Outer {
        /// The tag.
        pub kind: String,
        /// A note.
        pub note: Option<String>,
        /// The outer day.
        pub day: String,
        /// The outer side.
        pub side: Side,
    }
}

const VARIANTS: &[VariantShape] = &[
    VariantShape {
        tag: "pair",
        shape: Pair::shape,
    },
    VariantShape {
        tag: "free",
        shape: || Shape::Any,
    },
];

fn at(schema: &Value, pointer: &str) -> String {
    schema.at(pointer).map(canonical).unwrap_or_default()
}

#[test]
fn a_type_that_contains_itself_is_written_once_and_a_name_taken_twice_is_numbered() {
    let schema = json_schema("一对", "urn:x", Pair::shape());
    let Some(Value::Object(definitions)) = schema.get("$defs") else {
        panic!("no definitions");
    };
    let names: Vec<_> = definitions.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Pair", "Pair2"]);
    assert_eq!(at(&schema, "/$ref"), "\"#/$defs/Pair\"");
    assert_eq!(at(&schema, "/$defs/Pair/properties/other/$ref"), "\"#/$defs/Pair2\"");
    assert_eq!(at(&schema, "/$defs/Pair/properties/again/$ref"), "\"#/$defs/Pair\"");
    assert_eq!(at(&schema, "/$defs/Pair/description"), "\"A pair of two.\"");
    assert_eq!(at(&schema, "/$defs/Pair/required"), "[\"other\",\"side\",\"kind\"]");
    assert_eq!(at(&schema, "/$defs/Pair/additionalProperties"), "false");
}

#[test]
fn words_carry_their_chinese_names_and_forms_stand_behind_the_meaning() {
    let schema = json_schema("一对", "urn:x", Pair::shape());
    assert_eq!(
        at(&schema, "/$defs/Pair/properties/side/oneOf/1"),
        format!(
            "{{\"const\":\"down\",\"description\":\"{0}\",\"title\":\"{0}\"}}",
            Side::Down.zh()
        )
    );
    assert_eq!(
        at(&schema, "/$defs/Pair/properties/kind"),
        "{\"const\":\"pair\",\"description\":\"The word pair. (一对)\",\"title\":\"一对\"}"
    );
    assert_eq!(
        at(&schema, "/$defs/Pair/properties/day/description"),
        "\"When. (date, 2022-12-31)\""
    );
}

#[test]
fn an_envelope_gives_its_fields_to_every_variant_and_the_tag_is_a_constant() {
    let schema = json_schema("一对", "urn:x", Shape::Enveloped(Outer::shape, "kind", VARIANTS));
    assert_eq!(at(&schema, "/oneOf/0/$ref"), "\"#/$defs/pair\"");
    assert_eq!(at(&schema, "/oneOf/1/properties/kind/const"), "\"free\"");
    assert_eq!(at(&schema, "/$defs/pair/properties/kind/const"), "\"pair\"");
    assert_eq!(
        at(&schema, "/$defs/pair/properties/side/description"),
        "\"Its side.\"",
        "the record says more of a shared field"
    );
    assert_eq!(
        at(&schema, "/$defs/pair/required"),
        "[\"kind\",\"other\",\"side\",\"day\"]",
        "a shared field is required when either says so"
    );
    let Some(Value::Object(properties)) = schema.at("/$defs/pair/properties") else {
        panic!("no properties");
    };
    let names: Vec<_> = properties.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["kind", "note", "other", "again", "side", "day"]);
}

#[test]
fn only_the_members_of_a_title_that_is_given_are_written() {
    let schema = json_schema("方向", "urn:x", Shape::Choice(&[("up", "上")]));
    assert_eq!(
        canonical(&schema),
        "{\"$id\":\"urn:x\",\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"const\":\"up\",\
         \"description\":\"上\",\"title\":\"方向\"}"
    );
}
