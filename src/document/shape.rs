//! What a document must hold, as data: reference tables and JSON Schema are written from it.

/// The shape of a value. Inner shapes are functions, so that types may contain themselves.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A string; the text says of what form ("" for free text).
    Text(&'static str),
    /// A string of a form that is regular: what it is, and the regular expression that matches all of it. The expression
    /// keeps to what every dialect knows, and refuses nothing that the reader takes.
    Pattern(&'static str, &'static str),
    /// A number, whole or not.
    Number,
    /// A whole number from 0 to 4,294,967,295.
    Whole,
    /// The number of the format that the document is written in: this one.
    Format(u32),
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Choice(&'static [(&'static str, &'static str)]),
    /// An array.
    List(fn() -> Shape),
    /// An object whose members are named by the author.
    Map(fn() -> Shape),
    /// An object of declared fields.
    Record(&'static RecordShape),
    /// An object whose tag field says which record it is.
    Tagged(&'static str, &'static [VariantShape]),
    /// An object of the fields of this record, one of which is the tag that says which other record's fields stand beside
    /// them.
    Enveloped(fn() -> Shape, &'static str, &'static [VariantShape]),
    /// One of several shapes, told apart by their JSON type.
    Either(&'static [fn() -> Shape]),
    /// Anything; the text of another reader decides.
    Any,
}

/// An object of declared fields.
#[derive(Debug)]
pub struct RecordShape {
    /// Name of the type.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Its fields, in the order in which they are best written.
    pub fields: &'static [FieldShape],
}

/// One field of a record.
#[derive(Debug)]
pub struct FieldShape {
    /// The name in the document.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: fn() -> bool,
    /// What it holds.
    pub shape: fn() -> Shape,
}

/// One alternative of a tagged object. A field of the record that is called like the tag is the tag.
#[derive(Debug)]
pub struct VariantShape {
    /// The word in the tag field.
    pub tag: &'static str,
    /// The fields beside the tag.
    pub shape: fn() -> Shape,
}
