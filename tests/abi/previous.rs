//! What earlier versions promised: their functions are still there and take the same, and their programs still run.

use std::path::PathBuf;
use std::process::Command;

use super::header::Header;
use super::{committed, has, library, place, root, run};

fn versions() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("tests/past")).unwrap();
    let mut versions: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    versions.sort();
    assert!(!versions.is_empty());
    let own = root().join("tests/past").join(env!("CARGO_PKG_VERSION"));
    if std::env::var_os("ZEREN_RECORD").is_some() {
        std::fs::write(own.join("zeren.h"), committed()).unwrap();
    }
    versions
}

#[test]
fn functions_of_earlier_headers_are_still_there_unchanged() {
    let now = Header::read(&committed());
    for version in versions() {
        let text = std::fs::read_to_string(version.join("zeren.h")).unwrap();
        let then = Header::read(&text);
        assert!(!then.functions.is_empty());
        for old in &then.functions {
            let new = now.function(&old.name);
            let written = |function: &super::header::Function| -> Vec<String> {
                function
                    .parameters
                    .iter()
                    .map(|parameter| parameter.written.clone())
                    .collect()
            };
            assert_eq!(
                (&old.returns, written(old)),
                (&new.returns, written(new)),
                "{}: {}",
                version.display(),
                old.name
            );
        }
        for (name, number) in &then.numbers {
            if name != "ZEREN_VERSION_NUMBER" {
                assert_eq!(now.numbers.get(name), Some(number), "{}: {name}", version.display());
            }
        }
        assert!(then.handles.iter().all(|handle| now.handles.contains(handle)));
    }
}

#[test]
fn programs_of_earlier_versions_say_the_same() {
    if !has("cc") {
        return;
    }
    for version in versions() {
        let program = place().join(format!("program-{}", version.file_name().unwrap().to_string_lossy()));
        let library = library().parent().unwrap();
        run(Command::new("cc")
            .args(["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"])
            .arg(&version)
            .arg(version.join("program.c"))
            .arg("-o")
            .arg(&program)
            .arg("-L")
            .arg(library)
            .arg(format!("-Wl,-rpath,{}", library.display()))
            .arg("-lzeren"));
        let said = run(Command::new(program).arg(&version));
        let recorded = version.join("program.txt");
        if std::env::var_os("ZEREN_RECORD").is_some() && version.ends_with(env!("CARGO_PKG_VERSION")) {
            std::fs::write(&recorded, &said).unwrap();
        }
        assert_eq!(
            said,
            std::fs::read_to_string(&recorded).unwrap(),
            "{}",
            version.display()
        );
    }
}
