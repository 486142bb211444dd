//! What a store says when it cannot do what it was asked to.

use std::io;
use std::path::Path;

use super::medium::Untaken;
use crate::error::{Error, ErrorKind, Finding};

/// A refusal that has to do with the file.
pub(super) fn refused(path: &Path, code: &'static str, zh: &str, en: &str) -> Error {
    Error::one(ErrorKind::Storage, about(path, code, zh, en))
}

fn about(path: &Path, code: &'static str, zh: &str, en: &str) -> Finding {
    let path = path.display();
    Finding::error(code, "", format!("文件“{path}”{zh}"), format!("file \"{path}\" {en}")).about(path.to_string())
}

pub(super) fn untaken(path: &Path, error: Untaken) -> Error {
    match error {
        Untaken::InUse => refused(
            path,
            "store.in_use",
            "正由另一程序写入；同一账本文件同时只能有一个写入者，请待其关闭",
            "is being written to by another program; a ledger's file has one writer at a time, wait until it closes",
        ),
        Untaken::Io(error) => failed(path, &error),
    }
}

/// What the operating system refused.
pub(super) fn failed(path: &Path, error: &io::Error) -> Error {
    let (code, zh, en) = match error.kind() {
        io::ErrorKind::NotFound => (
            "store.not_found",
            "不存在，请核对路径，新账本请用“建立”",
            "is not there; check the path, or create it for a new ledger",
        ),
        io::ErrorKind::AlreadyExists => (
            "store.exists",
            "已经存在，不予覆盖；已有账本请用“打开”",
            "is there already and is not overwritten; open it instead",
        ),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            "store.read_only",
            "不可写，请核对权限；只读取时不需要写入权限",
            "cannot be written to; check its permissions, or only read it",
        ),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => (
            "store.full",
            "写不下，磁盘、配额或文件大小已到上限；本批未记入，腾出空间后可重试",
            "does not fit: the disk, a quota or the size of a file is at its limit; nothing of the batch was kept, make room and try again",
        ),
        _ => (
            "store.io",
            "读写失败，请查看系统日志",
            "could not be read or written; look at the system's log",
        ),
    };
    let mut finding = about(path, code, zh, en);
    if code == "store.io" {
        finding.zh = format!("{}（{error}）", finding.zh);
        finding.en = format!("{} ({error})", finding.en);
    }
    Error::one(ErrorKind::Storage, finding)
}

/// That the file ends in something which is not a whole batch.
pub(super) fn tail(path: &Path, line: u32, bytes: u64) -> Finding {
    let path = path.display();
    Finding::notice(
        "store.tail_dropped",
        format!("文件“{path}”第 {line} 行之后有 {bytes} 字节未写完的内容，不是完整批次，不予采用；下次写入时去除"),
        format!(
            "file \"{path}\" ends in {bytes} bytes behind line {line} that are no whole batch; they are not taken, and the next batch replaces them"
        ),
    )
    .about(path.to_string())
}

/// That a snapshot was there and of no use.
pub(super) fn snapshot_unused(path: &Path, why: &str) -> Finding {
    let path = path.display();
    Finding::notice(
        "store.snapshot_unused",
        format!("文件“{path}”旁的快照不能使用（{why}），已改为逐行重放；可重新保存快照"),
        format!("the snapshot beside \"{path}\" could not be used ({why}), so every line was replayed; save it anew"),
    )
    .about(path.to_string())
}

/// That lines are gone which a snapshot knows of.
pub(super) fn cut(path: &Path, line: u32) -> Error {
    let path = path.display();
    Error::one(
        ErrorKind::Integrity,
        Finding::error(
            "store.cut",
            "",
            format!("文件“{path}”旁的快照记到第 {line} 行，而文件中该处没有这一行：文件被截短或改换。请找回原文件；确认无误的，移走快照后再打开"),
            format!(
                "the snapshot beside \"{path}\" knows of line {line}, and the file does not hold it there: it was cut or exchanged. Find the right file; if this is the right one, move the snapshot away and open it again"
            ),
        )
        .about(path.to_string()),
    )
}

/// The refusal of a line, with what it may mean where the bytes are as they were sealed.
pub(super) fn line(error: Error) -> Error {
    let sealed = matches!(error.code(), "ledger.not_a_line" | "ledger.act_refused");
    let unknown = error.findings().iter().any(|finding| {
        matches!(
            finding.code,
            "ledger.not_a_line" | "act.unknown_kind" | "document.unknown_field" | "document.unknown_word"
        )
    });
    if !(sealed && unknown) {
        return error;
    }
    let mut findings = vec![Finding::error(
        "store.newer_format",
        "",
        "该行未被改动，但含有本版本不认识的内容，应由更新版本写入；请升级后再打开，文件未作改动",
        "the line is as it was sealed but says what this version does not know: a newer one wrote it; open it with that, nothing was changed",
    )];
    findings.extend_from_slice(error.findings());
    Error::new(ErrorKind::Unsupported, findings)
}
