//! The ZIP archive that a workbook is: its parts, read within bounds.
//!
//! Sizes are held against the bounds before anything is unpacked, and unpacking stops where the stated size ends: an
//! archive that lies about its sizes costs no more than one that does not.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::broken;
use crate::error::{Error, Finding, Result};

/// Bytes of a file at most; a filled table of a nation's counties has a few hundred thousand.
const MAX_FILE: usize = 16 << 20;
/// Bytes of all parts together, unpacked.
const MAX_UNPACKED: usize = 128 << 20;
/// Parts of an archive at most.
const MAX_PARTS: usize = 1_000;

/// The parts of an archive by name.
#[derive(Debug)]
pub(super) struct Archive<'b> {
    bytes: &'b [u8],
    parts: Vec<Part<'b>>,
}

#[derive(Debug)]
struct Part<'b> {
    name: &'b str,
    method: u16,
    crc: u32,
    packed: usize,
    unpacked: usize,
    at: usize,
}

/// A number of two bytes, the lower first.
fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

/// A number of four bytes, the lowest first.
fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn size(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(long(bytes, at)?).ok()
}

impl<'b> Archive<'b> {
    /// The directory of the archive.
    ///
    /// # Errors
    /// A document error for what is no such archive, is encrypted, or holds more than the bounds allow.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self> {
        if bytes.len() > MAX_FILE {
            return Err(too_large(
                format!("文件超过 {MAX_FILE} 字节"),
                format!("over {MAX_FILE} bytes"),
            ));
        }
        let parts = directory(bytes).ok_or_else(|| broken("压缩目录损坏", "its directory is damaged"))??;
        let unpacked = parts
            .iter()
            .fold(0_usize, |sum, part| sum.saturating_add(part.unpacked));
        if unpacked > MAX_UNPACKED || parts.len() > MAX_PARTS {
            return Err(too_large(
                format!(
                    "解压后有 {unpacked} 字节、{} 个部分，上限为 {MAX_UNPACKED} 字节、{MAX_PARTS} 个部分",
                    parts.len()
                ),
                format!(
                    "{} parts of {unpacked} bytes; at most {MAX_PARTS} of {MAX_UNPACKED} together",
                    parts.len()
                ),
            ));
        }
        Ok(Archive { bytes, parts })
    }

    /// The bytes of a part; `None` where there is none of this name.
    ///
    /// # Errors
    /// A document error for a part that is damaged, or larger than the directory says.
    pub(super) fn part(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let mut named = self.parts.iter().filter(|part| part.name == name);
        let Some(part) = named.next() else { return Ok(None) };
        if named.next().is_some() {
            return Err(broken("同名部分重复", "two parts have the same name"));
        }
        let damaged = || broken("压缩内容损坏", "a part is damaged");
        let packed = self.packed(part).ok_or_else(damaged)?;
        let unpacked = match part.method {
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, part.unpacked).map_err(|_| damaged())?,
            _ => {
                return Err(broken(
                    "压缩方法不支持",
                    "it is compressed in a way that workbooks are not",
                ));
            }
        };
        if unpacked.len() != part.unpacked || crc32fast::hash(&unpacked) != part.crc {
            return Err(damaged());
        }
        Ok(Some(unpacked))
    }

    /// The packed bytes of a part, behind its own header.
    fn packed(&self, part: &Part<'_>) -> Option<&'b [u8]> {
        let header = self.bytes.get(part.at..)?;
        if !header.starts_with(b"PK\x03\x04") {
            return None;
        }
        let behind = usize::from(short(header, 26)?).checked_add(usize::from(short(header, 28)?))?;
        let start = behind.checked_add(30)?;
        header.get(start..start.checked_add(part.packed)?)
    }
}

/// The end of the directory, searched from the end of the file: a comment of up to 65,535 bytes may follow it.
fn end(bytes: &[u8]) -> Option<&[u8]> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let starts = (first..=last).rev();
    starts
        .filter_map(|start| bytes.get(start..))
        .find(|rest| rest.starts_with(b"PK\x05\x06"))
}

/// The parts that the directory lists. `None` where it is damaged.
fn directory(bytes: &[u8]) -> Option<Result<Vec<Part<'_>>>> {
    let end = end(bytes)?;
    let (count, start) = (short(end, 10)?, size(end, 16)?);
    let mut rest = bytes.get(start..)?;
    let mut parts = Vec::new();
    for _ in 0..count {
        if !rest.starts_with(b"PK\x01\x02") {
            return None;
        }
        if short(rest, 8)? & 1 == 1 {
            return Some(Err(broken(
                "工作簿有密码，请去掉密码后另存",
                "it is encrypted; save it without password",
            )));
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| short(rest, at).map(usize::from));
        let (name, extra, comment) = (name?, extra?, comment?);
        let behind = 46_usize.checked_add(name)?;
        parts.push(Part {
            name: std::str::from_utf8(rest.get(46..behind)?).ok()?,
            method: short(rest, 10)?,
            crc: long(rest, 16)?,
            packed: size(rest, 20)?,
            unpacked: size(rest, 24)?,
            at: size(rest, 42)?,
        });
        rest = rest.get(behind.checked_add(extra)?.checked_add(comment)?..)?;
    }
    Some(Ok(parts))
}

fn too_large(zh: String, en: String) -> Error {
    Error::one(
        crate::error::ErrorKind::Document,
        Finding::error(
            "fact.template_too_large",
            "",
            format!("工作簿过大：{zh}；请只保留填报表"),
            format!("the workbook is too large: {en}; keep nothing but the table"),
        ),
    )
}
