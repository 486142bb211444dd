//! Which encoding the bytes of a table are in. Nothing is converted: a wrong guess would change names without a word.

use super::grid::refuse;
use crate::error::{Error, Result};

/// What to do, in Chinese and English.
const SAVE_AS: (&str, &str) = (
    "请用 WPS 或 Excel 打开后另存为“CSV UTF-8（逗号分隔）”，不要选“CSV（逗号分隔）”或“Unicode 文本”",
    "open it in WPS or Excel and save it as \"CSV UTF-8\", neither as plain \"CSV\" nor as \"Unicode text\"",
);

/// The text without its byte order mark.
///
/// # Errors
/// A document error that names the encoding that the bytes look like, and what to do.
pub(super) fn decoded(bytes: &[u8]) -> Result<&str> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(other("UTF-16"));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(refuse(
            "fact.template_old_workbook",
            String::new(),
            "这是旧版 Excel（.xls）、WPS（.et）或加密的工作簿，请去掉密码并另存为 .xlsx 或“CSV UTF-8”".to_owned(),
            "this is an old workbook (.xls, .et) or an encrypted one; save it without password as .xlsx or \"CSV UTF-8\""
                .to_owned(),
        ));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(other("UTF-16")),
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) if is_gb_18030(bytes) && !begins_well(bytes, error) => Err(other("GB 18030（GBK）")),
        Err(error) => {
            let at = error.valid_up_to();
            let (zh, en) = SAVE_AS;
            Err(refuse(
                "fact.template_not_utf8",
                String::new(),
                format!("文件从第 {at} 字节（从 0 起）起不是 UTF-8 编码；{zh}"),
                format!("from byte {at} (from 0) on the file is not UTF-8; {en}"),
            ))
        }
    }
}

fn other(encoding: &str) -> Error {
    let (zh, en) = SAVE_AS;
    refuse(
        "fact.template_not_utf8",
        String::new(),
        format!("文件看来是 {encoding} 编码，不是 UTF-8；{zh}"),
        format!("the file looks like {encoding}, not UTF-8; {en}"),
    )
}

/// Whether Chinese characters in UTF-8 stand before what is wrong: then the file was cut or damaged, not saved otherwise.
fn begins_well(bytes: &[u8], error: std::str::Utf8Error) -> bool {
    let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
    // Three bytes: two of GB 18030 may be one character of UTF-8, but seldom three.
    good.iter().any(|byte| *byte >= 0xe0)
}

/// Whether all bytes are characters of one, two or four bytes as GB 18030 forms them.
fn is_gb_18030(mut bytes: &[u8]) -> bool {
    loop {
        bytes = match bytes {
            [] => return true,
            [0..=0x7f, rest @ ..] => rest,
            [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..] => rest,
            [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => rest,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_named() {
        let said = |bytes: &[u8]| decoded(bytes).unwrap_err().findings()[0].zh.clone();
        // 办法,甲 as WPS saves it under "CSV（逗号分隔）".
        assert!(said(b"\xb0\xec\xb7\xa8,\xbc\xd7").contains("GB 18030"));
        assert!(said(b"\xff\xfe\x9eR\xd5l").contains("UTF-16"));
        assert!(said(b"a\0,\0b\0").contains("UTF-16"));
        assert!(said("办法".as_bytes().split_at(4).0).contains("第 3 字节"));
        assert!(said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains(".xls"));
        assert_eq!(decoded("\u{feff}办法".as_bytes()).unwrap(), "办法");
    }
}
