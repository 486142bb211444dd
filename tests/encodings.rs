//! The conversions that `docs/encodings.md` shows do what they are said to do.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Bytes in GB 18030, and the text that is meant: rare names, and what the editions of 2005 and 2022 moved.
const MEANT: [(&str, &str); 6] = [
    ("D5C5FE9F", "张䶮"),
    ("9933C336", "𬱖"),
    ("98398336CFD8", "𫘦县"),
    ("FE59", "\u{9FB4}"),
    ("A6D9A6DAA6DB", "\u{FE10}\u{FE12}\u{FE11}"),
    ("A8BC", "\u{1E3F}"),
];

/// The piece of the docs that follows this mark.
fn piece(language: &str) -> String {
    let docs = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/encodings.md")).unwrap();
    let mark = format!("<!-- {language} -->\n```{language}\n");
    let (_, after) = docs
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no piece in {language}"));
    after.split("```").next().unwrap().to_owned()
}

fn folder(language: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("encodings").join(language);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Whether the tools are there; on a CI machine they must be.
fn has(tools: &[&str]) -> bool {
    tools.iter().all(|tool| {
        let there = Command::new(tool).arg("--version").output();
        let there = there.is_ok_and(|output| output.status.success());
        assert!(
            there || std::env::var_os("CI").is_none(),
            "{tool} is missing on a CI machine"
        );
        if !there {
            let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("skipped: no {tool}\n").as_bytes());
        }
        there
    })
}

fn run(command: &mut Command) -> String {
    let output = command.env("LC_ALL", "C").output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}\n{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// What every program has to print: each text in UTF-8 as hexadecimal digits, then that bytes which are none are refused.
fn wanted() -> String {
    let mut wanted = String::new();
    for (_, text) in MEANT {
        for byte in text.bytes() {
            write!(wanted, "{byte:02x}").unwrap();
        }
        wanted.push('\n');
    }
    wanted + "refused\n"
}

fn bytes() -> impl Iterator<Item = &'static str> {
    MEANT.iter().map(|(bytes, _)| *bytes).chain(["D5C5FF"])
}

#[test]
fn python() {
    if !has(&["python3"]) {
        return;
    }
    let program = folder("python").join("piece.py");
    let driver = "\nimport sys\nfor code in sys.argv[1:]:\n    try:\n        print(from_gb18030(bytes.fromhex(code)).encode().hex())\n    \
                  except UnicodeDecodeError:\n        print('refused')\n";
    std::fs::write(&program, piece("python") + driver).unwrap();
    assert_eq!(run(Command::new("python3").arg(program).args(bytes())), wanted());
}

#[test]
fn c() {
    if !has(&["cc"]) {
        return;
    }
    let (source, program) = (folder("c").join("piece.c"), folder("c").join("piece"));
    let driver = r#"
#include <stdio.h>
#include <string.h>
int main(int count, char **codes) {
  for (int i = 1; i < count; i++) {
    char in[64], out[128];
    size_t len = strlen(codes[i]) / 2, came;
    for (size_t at = 0; at < len; at++) {
      unsigned byte;
      if (sscanf(codes[i] + 2 * at, "%2x", &byte) != 1) return 1;
      in[at] = (char)byte;
    }
    if (from_gb18030(in, len, out, sizeof out, &came) != 0) { puts("refused"); continue; }
    for (size_t at = 0; at < came; at++) printf("%02x", (unsigned char)out[at]);
    putchar('\n');
  }
  return 0;
}
"#;
    std::fs::write(&source, piece("c") + driver).unwrap();
    run(Command::new("cc")
        .args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-o"])
        .args([&program, &source]));
    assert_eq!(run(Command::new(program).args(bytes())), wanted());
}

#[test]
fn java() {
    if !has(&["java", "javac"]) {
        return;
    }
    let (classes, source) = (folder("java"), folder("java").join("Piece.java"));
    let program = format!(
        r#"
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
public class Piece {{
    public static void main(String[] codes) throws Exception {{
        for (String code : codes) {{
            byte[] bytes = new java.math.BigInteger(code, 16).toByteArray();
            bytes = java.util.Arrays.copyOfRange(bytes, bytes.length - code.length() / 2, bytes.length);
            try {{
                {}
                StringBuilder hex = new StringBuilder();
                for (byte b : text.getBytes("UTF-8")) hex.append(String.format("%02x", b));
                System.out.println(hex);
            }} catch (CharacterCodingException refused) {{
                System.out.println("refused");
            }}
        }}
    }}
}}
"#,
        piece("java")
    );
    std::fs::write(&source, program).unwrap();
    run(Command::new("javac")
        .args(["-encoding", "UTF-8", "-d"])
        .args([&classes, &source]));
    let mut command = Command::new("java");
    command
        .args(["-Dfile.encoding=GB18030", "-cp"])
        .arg(classes)
        .arg("Piece");
    assert_eq!(run(command.args(bytes())), wanted());
}
