//! What stands around the sheets of a workbook: which there are, shared texts, formats.

use std::collections::BTreeMap;

use super::broken;
use super::number::Format;
use super::xml::{Piece, Xml};
use super::zip::Archive;
use crate::error::Result;

/// Sheets of a workbook at most; the others are not looked at.
const MAX_SHEETS: usize = 64;
/// Relations of a part at most; the others are not looked at.
const MAX_RELATIONS: usize = 1_000;

/// A workbook without the cells of its sheets.
pub(super) struct Book<'b> {
    archive: Archive<'b>,
    /// Whether days are numbered from 1904.
    pub(super) later: bool,
    /// Texts that several cells share.
    pub(super) shared: Vec<String>,
    /// The format of each style of cells.
    pub(super) formats: Vec<Format>,
    /// The sheets that are shown: name, and the name of the part.
    sheets: Vec<(String, String)>,
}

/// What a relation leads to.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl<'b> Book<'b> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// A document error for an archive that is no workbook, or is damaged.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self> {
        let archive = Archive::open(bytes)?;
        if archive
            .part("mimetype")?
            .is_some_and(|kind| kind.starts_with(b"application/vnd.oasis"))
        {
            return Err(broken(
                "这是 OpenDocument 表格（.ods），请另存为 .xlsx",
                "it is an OpenDocument sheet (.ods); save it as .xlsx",
            ));
        }
        let no_book = || broken("不是 Excel 工作簿（.xlsx）", "it is no workbook (.xlsx)");
        let place = relations(&archive, "")?
            .into_iter()
            .find(|relation| relation.kind == "officeDocument")
            .ok_or_else(no_book)?
            .target;
        let main = archive.part(&place)?.ok_or_else(no_book)?;
        let relations = relations(&archive, &place)?;
        let part = |kind: &str| match relations.iter().find(|relation| relation.kind == kind) {
            Some(relation) => archive.part(&relation.target),
            None => Ok(None),
        };
        let shared = part("sharedStrings")?.map_or(Ok(Vec::new()), |part| texts(&part))?;
        let formats = part("styles")?.map_or(Ok(Vec::new()), |part| formats(&part))?;
        let (mut later, mut sheets) = (false, Vec::new());
        let mut xml = Xml::of(&main)?;
        while let Some(piece) = xml.next()? {
            let Piece::Start(element) = piece else { continue };
            match element.name() {
                "workbookPr" => later = element.is_on("date1904"),
                "sheet"
                    if sheets.len() < MAX_SHEETS
                        && element.attribute("state").is_none_or(|state| state == "visible") =>
                {
                    let id = element.attribute("id").unwrap_or_default();
                    let relation = relations
                        .iter()
                        .find(|relation| relation.id == id && relation.kind == "worksheet");
                    let name = element.attribute("name").unwrap_or_default();
                    sheets.extend(relation.map(|relation| (name, relation.target.clone())));
                }
                _ => {}
            }
        }
        Ok(Book {
            archive,
            later,
            shared,
            formats,
            sheets,
        })
    }

    /// The sheets that are shown, each with its bytes.
    pub(super) fn sheets(&self) -> impl Iterator<Item = Result<(&str, Vec<u8>)>> {
        let missing = || broken("缺少工作表", "a sheet is missing");
        self.sheets.iter().map(move |(name, part)| {
            let bytes = self.archive.part(part)?.ok_or_else(missing)?;
            Ok((name.as_str(), bytes))
        })
    }
}

/// Where the relations of a part lead; those of the whole archive for the empty name.
fn relations(archive: &Archive<'_>, part: &str) -> Result<Vec<Relation>> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let base = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let Some(bytes) = archive.part(&format!("{base}_rels/{name}.rels"))? else {
        return Ok(Vec::new());
    };
    let mut xml = Xml::of(&bytes)?;
    let mut relations = Vec::new();
    while let Some(piece) = xml.next()?.filter(|_| relations.len() < MAX_RELATIONS) {
        let Piece::Start(element) = piece else { continue };
        let (Some(id), Some(kind), Some(target)) = (
            element.attribute("Id"),
            element.attribute("Type"),
            element.attribute("Target"),
        ) else {
            continue;
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let target = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{base}{target}"),
        };
        relations.push(Relation { id, kind, target });
    }
    Ok(relations)
}

/// The shared texts: runs of differently formatted characters are one text, readings beside them none of it.
fn texts(part: &[u8]) -> Result<Vec<String>> {
    let mut xml = Xml::of(part)?;
    let mut texts = Vec::new();
    let (mut text, mut inside, mut reading) = (String::new(), false, false);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.name() {
                "si" => text.clear(),
                "rPh" => reading = true,
                "t" => inside = !reading,
                _ => {}
            },
            Piece::Text(more) if inside => text.push_str(&more),
            Piece::Text(_) => {}
            Piece::End(name) => match name.as_str() {
                "si" => texts.push(std::mem::take(&mut text)),
                "rPh" => reading = false,
                "t" => inside = false,
                _ => {}
            },
        }
    }
    Ok(texts)
}

/// The format of each style of cells.
fn formats(part: &[u8]) -> Result<Vec<Format>> {
    let mut xml = Xml::of(part)?;
    let (mut codes, mut formats) = (BTreeMap::new(), Vec::new());
    let mut of_cells = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.name() {
                "numFmt" => codes.extend(element.attribute("numFmtId").zip(element.attribute("formatCode"))),
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = element.attribute("numFmtId").unwrap_or_default();
                    formats.push(match codes.get(&id) {
                        Some(code) => Format::of_code(code),
                        None => Format::built_in(id.parse().unwrap_or(0)),
                    });
                }
                _ => {}
            },
            Piece::End(name) if name == "cellXfs" => of_cells = false,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(formats)
}
