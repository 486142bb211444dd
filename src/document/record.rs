//! Declaring the types that documents are made of.

/// Declares a record: a struct that is read from a JSON object, field by field.
///
/// `Option` and `Vec` fields and flags may be missing; every other field is required. `field as "name"` gives a field
/// another name in the document; `field: Type => shape` says more of what it must hold than its type does, for where
/// another reader decides. Unknown fields are problems.
///
/// ```
/// zeren::record! {
///     /// A founding document.
///     pub struct Founding {
///         /// Its number.
///         pub number: Option<String>,
///         /// Its title.
///         pub title: String,
///     }
/// }
/// let error = zeren::document::read::<Founding>(r#"{"titel": "关于成立领导小组的通知"}"#.as_bytes()).unwrap_err();
/// let codes: Vec<_> = error.findings().iter().map(|finding| finding.code).collect();
/// assert_eq!(codes, ["document.missing_field", "document.unknown_field"]);
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[doc = $doc:expr])+
        $(#[derive($($derive:path),* $(,)?)])?
        pub struct $name:ident {
            $( $(#[doc = $field_doc:expr])+ pub $field:ident $(as $alias:literal)? : $type:ty $(=> $shape:expr)? ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq $(, $($derive),*)?)]
        pub struct $name {
            $( $(#[doc = $field_doc])+ pub $field: $type, )*
        }

        impl $name {
            /// Reads the fields that belong to this record, without refusing others.
            #[allow(dead_code, unused_variables, clippy::allow_attributes, reason = "a record may have no fields, or no outer record")]
            pub(crate) fn read_fields(fields: &$crate::document::Fields<'_>) -> Option<Self> {
                $( let $field = fields.field::<$type>($crate::record!(@name $field $($alias)?)); )*
                Some($name { $( $field: $field?, )* })
            }
        }

        impl $crate::document::Read for $name {
            fn read(at: &$crate::document::Cursor<'_>) -> Option<Self> {
                let fields = at.fields()?;
                let record = $name::read_fields(&fields);
                fields.finish();
                record
            }
            fn shape() -> $crate::document::Shape {
                const SHAPE: $crate::document::RecordShape = $crate::document::RecordShape {
                    name: stringify!($name),
                    doc: concat!($($doc, "\n"),+),
                    fields: &[ $( $crate::document::FieldShape {
                        name: $crate::record!(@name $field $($alias)?),
                        doc: concat!($($field_doc, "\n"),+),
                        required: || <$type as $crate::document::Read>::absent().is_none(),
                        shape: $crate::record!(@shape $type $(, $shape)?),
                    } ),* ],
                };
                $crate::document::Shape::Record(&SHAPE)
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $alias:literal) => { $alias };
    (@shape $type:ty) => { <$type as $crate::document::Read>::shape };
    (@shape $type:ty, $shape:expr) => { $shape };
}

/// Declares a choice: an enum that is read from one of a few words.
///
/// Each word carries its Chinese name, which reports print.
///
/// ```
/// zeren::choice! {
///     /// A role in a leadership group.
///     pub enum Role {
///         /// Leads it.
///         Head = "head" "组长",
///         /// Stands in for the head.
///         Deputy = "deputy" "副组长",
///     }
/// }
/// assert_eq!(zeren::document::read::<Role>(br#""head""#).unwrap(), Role::Head);
/// assert_eq!(Role::Head.zh(), "组长");
/// ```
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $doc:expr])+
        pub enum $name:ident {
            $( $(#[doc = $word_doc:expr])+ $variant:ident = $word:literal $zh:literal ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $word_doc])+ $variant, )*
        }

        impl $name {
            /// The word in documents.
            pub fn word(self) -> &'static str {
                match self { $( $name::$variant => $word, )* }
            }
            /// The word in what people read.
            pub fn zh(self) -> &'static str {
                match self { $( $name::$variant => $zh, )* }
            }
        }

        impl $crate::document::Read for $name {
            fn read(at: &$crate::document::Cursor<'_>) -> Option<Self> {
                match at.text()? {
                    $( $word => Some($name::$variant), )*
                    other => at.problem(
                        "document.unknown_word",
                        format!("“{other}”不在可选值之内，应为：{}", [$( concat!($word, "（", $zh, "）") ),*].join("、")),
                        format!("\"{other}\" is not one of: {}", [$( $word ),*].join(", ")),
                    ),
                }
            }
            fn shape() -> $crate::document::Shape {
                $crate::document::Shape::Choice(&[$( ($word, $zh) ),*])
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}
