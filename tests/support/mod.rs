//! Builds the shared library as a packager does, and says which tools are missing.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether the tool runs. Where it is missing the test says so and passes, but never on a CI machine.
pub fn has(tool: &str) -> bool {
    has_command(tool, &["--version"])
}

/// Whether the tool runs with these arguments, for a tool that tells its version in another way.
pub fn has_command(tool: &str, arguments: &[&str]) -> bool {
    if Command::new(tool)
        .args(arguments)
        .output()
        .is_ok_and(|output| output.status.success())
    {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "{tool} is missing on a CI machine");
    #[allow(clippy::disallowed_macros, reason = "the reader of the test's output has to know")]
    {
        // Not by a macro: those are captured, and whoever runs the tests must see what they did not do.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("skipped: no {tool}\n").as_bytes());
    }
    false
}

/// Runs a command, and shows everything it said if it fails.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{command:?}: {}\n{out}\n{err}", output.status);
    out.into_owned()
}

/// The shared library.
pub fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| build("capi", &[]))
}

/// The shared library with a `--cfg` of the crate set.
#[allow(dead_code, reason = "not every test forces a panic")]
pub fn library_with(cfg: &str) -> PathBuf {
    build(cfg, &["--", "--cfg", cfg])
}

/// The features that change what functions answer, as the tests have them.
fn features() -> String {
    let mut features = vec!["capi"];
    if cfg!(feature = "xlsx") {
        features.push("xlsx");
    }
    if cfg!(feature = "sign") {
        features.push("sign");
    }
    features.join(",")
}

/// A target directory of its own: cargo holds the lock of the other while tests are built.
fn build(place: &str, arguments: &[&str]) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(place);
    run(Command::new(env!("CARGO"))
        .current_dir(root())
        .env("CARGO_TARGET_DIR", &target)
        // As the tests of the crate: frames of unoptimised code are too large for threads of 256 KiB.
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
        // Workbooks and signatures where the tests have them, and what is said of them where not.
        .args([
            "rustc",
            "--quiet",
            "--lib",
            "--features",
            &features(),
            "--crate-type",
            "cdylib",
        ])
        .args(arguments));
    let name = format!("{}zeren{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    target.join("debug").join(name)
}

/// Compiles a C program with every warning an error, and links it to the shared library.
#[allow(dead_code, reason = "not every test speaks C")]
pub fn compile(source: &Path) -> PathBuf {
    let library = library()
        .parent()
        .unwrap_or_else(|| panic!("the library stands in a directory"));
    let name = source.file_stem().unwrap_or_else(|| panic!("{source:?} is no program"));
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    run(Command::new("cc")
        .args([
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Werror",
            "-g",
            "-pthread",
        ])
        .arg("-I")
        .arg(root().join("include"))
        .arg(source)
        .arg("-o")
        .arg(&program)
        .arg("-L")
        .arg(library)
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .arg("-lzeren"));
    program
}
