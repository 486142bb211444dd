//! The first case through the languages that office systems are written in: every byte as Rust writes it.
//!
//! Each program under `bindings/` reads `examples/district`, runs both years and writes the same files. They run under the
//! locale `C`, under one with GB 18030, and Java with another default encoding, so that text which goes through a locale is
//! found out.
#![cfg(feature = "capi")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

#[path = "callers/dossier.rs"]
mod dossier;
#[path = "callers/reference.rs"]
mod reference;
mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use support::{has, library, root, run};

/// A folder of this test, made when missing.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callers").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Whether something is there. Where it is missing the test says so and passes, but never on a CI machine.
fn present(there: bool, what: &str) -> bool {
    assert!(
        there || std::env::var_os("CI").is_none(),
        "{what} is missing on a CI machine"
    );
    if !there {
        // Not by a macro: those are captured, and whoever runs the tests must see what they did not do.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("skipped: no {what}\n").as_bytes());
    }
    there
}

/// Whether a tool that does not know `--version` is there.
fn runs(tool: &str, asked: &str) -> bool {
    let there = Command::new(tool).arg(asked).output();
    present(there.is_ok_and(|output| output.status.success()), tool)
}

/// What Rust writes, once.
fn wanted() -> &'static Path {
    static WANTED: OnceLock<PathBuf> = OnceLock::new();
    WANTED.get_or_init(|| {
        let out = folder("rust");
        reference::write(&root().join("examples/district"), &out);
        out
    })
}

/// The names of files that are missing, superfluous or other than wanted.
fn differences(wanted: &Path, found: &Path) -> Vec<String> {
    let names = |folder: &Path| -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    let read = |folder: &Path, name: &str| std::fs::read(folder.join(name)).ok();
    let all: BTreeSet<String> = names(wanted).union(&names(found)).cloned().collect();
    all.into_iter()
        .filter(|name| read(wanted, name) != read(found, name))
        .collect()
}

/// Runs a program over the district and compares what it writes: under the locale `C`, and where `.ci/callers` has made it
/// under a Chinese one that is not UTF-8.
fn same_bytes(language: &str, command: &mut Command) {
    let out = folder(language).join("out");
    in_locale_c(command).arg(root().join("examples/district")).arg(&out);
    let compare = |command: &mut Command| {
        let _ = std::fs::remove_dir_all(&out);
        run(command);
        assert_eq!(differences(wanted(), &out), [""; 0], "{}", out.display());
    };
    compare(command);
    let locales = folder("locales");
    if locales.join("zh_CN.GB18030").is_dir() {
        compare(command.env("LOCPATH", locales).env("LC_ALL", "zh_CN.GB18030"));
    }
}

/// Under the locale `C`, and with the library of this test: cargo's own search path would come before the program's.
fn in_locale_c(command: &mut Command) -> &mut Command {
    if command.get_envs().all(|(name, _)| name != "LD_LIBRARY_PATH") {
        command.env_remove("LD_LIBRARY_PATH");
    }
    command
        .env("LC_ALL", "C")
        .env_remove("LANG")
        .env("ZEREN_LIBRARY", library())
}

/// The folder in which the shared library stands.
fn beside() -> &'static Path {
    library().parent().unwrap()
}

#[test]
fn the_comparison_sees_a_changed_byte_and_a_missing_and_a_superfluous_file() {
    let copy = folder("damaged");
    let _ = std::fs::remove_dir_all(&copy);
    std::fs::create_dir_all(&copy).unwrap();
    for entry in std::fs::read_dir(wanted()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
    }
    assert_eq!(differences(wanted(), &copy), [""; 0]);
    let mut bytes = std::fs::read(copy.join("names.jsonl")).unwrap();
    bytes[17] ^= 1;
    std::fs::write(copy.join("names.jsonl"), bytes).unwrap();
    std::fs::remove_file(copy.join("table-2023.md")).unwrap();
    std::fs::write(copy.join("zz"), "").unwrap();
    assert_eq!(differences(wanted(), &copy), ["names.jsonl", "table-2023.md", "zz"]);
}

/// The jar of JNA: where `ZEREN_JNA` says, else where Debian puts it.
fn jna() -> PathBuf {
    std::env::var_os("ZEREN_JNA").map_or_else(|| PathBuf::from("/usr/share/java/jna.jar"), PathBuf::from)
}

/// Compiles the Java package and its programs for Java 8, and gives the class path.
fn java() -> Option<&'static str> {
    static CLASSES: OnceLock<Option<String>> = OnceLock::new();
    let compiled = || {
        if !(has("javac") && has("java") && present(jna().is_file(), "JNA (libjna-java)")) {
            return None;
        }
        let (classes, java) = (folder("java").join("classes"), root().join("bindings/java"));
        let path = format!("{}:{}", classes.display(), jna().display());
        let mut sources = Vec::new();
        for folder in ["src/zeren", "examples", "tests/zeren"] {
            let entries = std::fs::read_dir(java.join(folder)).unwrap();
            sources.extend(entries.map(|entry| entry.unwrap().path()));
        }
        sources.retain(|path| path.extension().is_some_and(|extension| extension == "java"));
        std::fs::create_dir_all(&classes).unwrap();
        run(Command::new("javac")
            .args([
                "-Xlint:all,-options",
                "-Werror",
                "--release",
                "8",
                "-encoding",
                "UTF-8",
                "-cp",
                &path,
                "-d",
            ])
            .arg(&classes)
            .args(sources));
        Some(path)
    };
    CLASSES.get_or_init(compiled).as_deref()
}

/// A Java program with a default encoding that can hold Chinese and is not UTF-8.
fn java_program(path: &str, library: &Path, class: &str) -> Command {
    let mut command = Command::new("java");
    command
        .args(["-Dfile.encoding=GB18030", "-cp", path])
        .arg(format!("-Dzeren.library={}", library.display()))
        .arg(class);
    command
}

#[test]
fn java_runs_the_first_case() {
    let Some(path) = java() else { return };
    same_bytes("java", &mut java_program(path, library(), "District"));
}

#[test]
fn java_takes_out_of_a_ledger_in_a_file_what_rust_does() {
    let Some(path) = java() else { return };
    let (wanted, out) = (folder("dossier-rust"), folder("dossier-java"));
    for folder in [&wanted, &out] {
        std::fs::remove_dir_all(folder).unwrap();
        std::fs::create_dir_all(folder).unwrap();
    }
    run(in_locale_c(&mut java_program(path, library(), "Dossier"))
        .arg(root().join("examples/district"))
        .arg(&out));
    let ledger = std::fs::read_to_string(self::wanted().join("ledger.jsonl")).unwrap();
    dossier::write(&root().join("examples/district"), &ledger, &wanted);
    // The snapshot beside the file: its bytes are one version's own affair.
    std::fs::remove_file(out.join("ledger.jsonl.snapshot")).unwrap();
    assert_eq!(differences(&wanted, &out), [""; 0], "{}", out.display());
}

#[test]
fn java_keeps_what_it_promises() {
    let Some(path) = java() else { return };
    run(in_locale_c(&mut java_program(path, library(), "zeren.Checks")));
}

#[test]
fn java_finds_the_library_beside_its_jar() {
    if java().is_none() {
        return;
    }
    let (classes, beside) = (folder("java").join("classes"), folder("java-beside"));
    let jar = beside.join("zeren.jar");
    run(Command::new("jar").arg("cf").arg(&jar).arg("-C").arg(&classes).arg("."));
    std::fs::copy(library(), beside.join(library().file_name().unwrap())).unwrap();
    let path = format!("{}:{}", jar.display(), jna().display());
    same_bytes("java-beside", Command::new("java").args(["-cp", &path, "District"]));
}

#[test]
fn java_refuses_a_library_of_another_abi_and_one_that_is_not_there() {
    let Some(path) = java() else { return };
    if !has("cc") {
        return;
    }
    let (source, other) = (folder("java").join("other.c"), folder("java").join("libother.so"));
    std::fs::write(&source, "int zeren_abi_version(void) { return 99; }\n").unwrap();
    run(Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(&other)
        .arg(&source));
    for (library, said) in [
        (other, "has ABI 99"),
        (folder("java").join("nowhere.so"), "zeren.library names"),
    ] {
        let output = java_program(path, &library, "District")
            .args([".", "."])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && told.contains(said), "{told}");
    }
}

#[test]
fn cpp_runs_the_first_case() {
    if !has("c++") {
        return;
    }
    for standard in ["c++11", "c++20"] {
        let program = folder("cpp").join(standard);
        run(Command::new("c++")
            .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror"])
            .arg(format!("-std={standard}"))
            .args([
                root().join("bindings/cpp/district.cpp").as_path(),
                Path::new("-o"),
                &program,
            ])
            .args([
                Path::new("-I"),
                &root().join("include"),
                Path::new("-I"),
                &root().join("bindings/cpp"),
            ])
            .args([Path::new("-L"), beside(), Path::new("-lzeren")])
            .arg(format!("-Wl,-rpath,{}", beside().display())));
        same_bytes("cpp", &mut Command::new(program));
    }
}

#[test]
fn csharp_runs_the_first_case() {
    if !(has("mcs") && has("mono")) {
        return;
    }
    let program = folder("csharp").join("District.exe");
    let sources = root().join("bindings/csharp");
    run(Command::new("mcs")
        .args(["-warnaserror", "-codepage:utf8"])
        .arg(format!("-out:{}", program.display()))
        .args([sources.join("Zeren.cs"), sources.join("District.cs")]));
    let mut command = Command::new("mono");
    same_bytes("csharp", command.env("LD_LIBRARY_PATH", beside()).arg(program));
}

#[test]
fn pascal_runs_the_first_case() {
    if !runs("fpc", "-iV") {
        return;
    }
    let made = folder("pascal");
    run(Command::new("fpc")
        .arg("-v0ew")
        .arg(format!("-FE{}", made.display()))
        .arg(format!("-FU{}", made.display()))
        .arg(format!("-Fl{}", beside().display()))
        .args(["-k-rpath".to_owned(), format!("-k{}", beside().display())])
        .arg(root().join("bindings/pascal/District.pas")));
    same_bytes("pascal", &mut Command::new(made.join("District")));
}

/// `npm install koffi` was run in the folder `node` of this test: `.ci/callers` does.
#[test]
fn node_runs_the_first_case() {
    let made = folder("node");
    let koffi = made.join("node_modules/koffi").is_dir();
    if !(has("node") && present(koffi, "koffi beside the Node program")) {
        return;
    }
    for name in ["zeren.mjs", "district.mjs"] {
        std::fs::copy(root().join("bindings/node").join(name), made.join(name)).unwrap();
    }
    same_bytes("node", Command::new("node").arg(made.join("district.mjs")));
}

#[test]
fn go_runs_the_first_case() {
    if !runs("go", "version") {
        return;
    }
    let program = folder("go").join("district");
    run(Command::new("go")
        .current_dir(root().join("bindings/go"))
        .env("GOFLAGS", "-mod=mod")
        .env("CGO_CFLAGS", format!("-I{}", root().join("include").display()))
        .env("CGO_LDFLAGS", format!("-L{0} -Wl,-rpath,{0}", beside().display()))
        .args(["build", "-o"])
        .arg(&program)
        .arg("./district"));
    same_bytes("go", &mut Command::new(program));
}

#[test]
fn python_runs_the_first_case() {
    if !has("python3") {
        return;
    }
    let program = root().join("bindings/python/examples/district.py");
    let mut command = Command::new("python3");
    command
        .env("PYTHONPATH", root().join("bindings/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    same_bytes("python", command.args(["-X", "utf8=0"]).arg(program));
}
