//! The parts of a workbook as XML: names without their prefix, texts with their references resolved. What a document type
//! would declare is refused, so no text grows while it is read.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::broken;
use crate::error::{Error, Result};

/// A piece of a part.
pub(super) enum Piece<'x> {
    /// An element begins.
    Start(Element<'x>),
    /// The element of this name ends.
    End(String),
    /// Text between elements.
    Text(String),
}

/// The beginning of an element.
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute; `None` where there is none of this name, with or without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        // Twice the same attribute: the first counts.
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found
            .normalized_value(quick_xml::XmlVersion::Explicit1_0)
            .ok()
            .map(|value| value.into_owned())
    }

    /// Whether an attribute says yes.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.attribute(name)
            .is_some_and(|value| value == "1" || value == "true")
    }
}

/// Reads a part piece by piece.
pub(super) struct Xml<'x>(Reader<&'x [u8]>);

impl<'x> Xml<'x> {
    /// A part from its beginning.
    ///
    /// # Errors
    /// A document error for a part that is not UTF-8.
    pub(super) fn of(bytes: &'x [u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).map_err(|_| broken("内容不是 UTF-8", "a part is not UTF-8"))?;
        let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
        // An empty element ends as others do.
        reader.config_mut().expand_empty_elements = true;
        Ok(Xml(reader))
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// A document error for what is not well formed.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'x>>> {
        loop {
            let event = self.0.read_event().map_err(|error| malformed(&error.to_string()))?;
            return Ok(Some(match event {
                Event::Start(start) | Event::Empty(start) => Piece::Start(Element(start)),
                Event::End(end) => Piece::End(end.local_name().into_inner().to_owned()),
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let character = reference
                        .resolve_char_ref()
                        .map_err(|error| malformed(&error.to_string()))?;
                    match (character, resolve_predefined_entity(&reference)) {
                        (Some(character), _) => Piece::Text(character.to_string()),
                        (None, Some(text)) => Piece::Text(text.to_owned()),
                        (None, None) => return Err(malformed("an entity that nobody declares")),
                    }
                }
                Event::DocType(_) => return Err(malformed("a document type")),
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            }));
        }
    }
}

fn malformed(why: &str) -> Error {
    broken(
        &format!("XML 有误（{why}）"),
        &format!("its XML is not well formed: {why}"),
    )
}
