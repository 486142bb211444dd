//! The shared library and the programs over it.

use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Built {
    folder: PathBuf,
    library: PathBuf,
    python: Option<PathBuf>,
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The measured library has the C ABI alone; the library of the tests has what they have.
fn features(measuring: bool) -> String {
    let mut features = vec!["capi"];
    if !measuring && cfg!(feature = "xlsx") {
        features.push("xlsx");
    }
    if !measuring && cfg!(feature = "sign") {
        features.push("sign");
    }
    features.join(",")
}

/// As a packager builds: one crate type, link-time optimisation, stripped. For a check of the answers the library of the
/// tests is good enough (tests/support).
pub fn build(measuring: bool) -> Result<Built, String> {
    let folder = package().join(if measuring {
        "target/boundary"
    } else {
        "target/tmp/capi"
    });
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(package())
        .env("CARGO_TARGET_DIR", &folder)
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
        .args([
            "rustc",
            "--quiet",
            "--lib",
            "--features",
            &features(measuring),
            "--crate-type",
            "cdylib",
        ]);
    if measuring {
        cargo.args(["--release", "--", "-C", "strip=symbols"]);
    }
    run(&mut cargo)?;
    let libraries = folder.join(if measuring { "release" } else { "debug" });
    for program in ["call", "start"] {
        run(Command::new("cc")
            .args(["-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror", "-I"])
            .arg(package().join("include"))
            .arg(package().join(format!("benches/boundary/{program}.c")))
            .arg("-o")
            .arg(folder.join(program))
            .args(if program == "call" {
                vec!["-L".into(), libraries.clone()]
            } else {
                Vec::new()
            })
            .args(if program == "call" {
                vec!["-lzeren", "-ldl"]
            } else {
                vec!["-ldl"]
            })
            .arg(format!("-Wl,-rpath,{}", libraries.display())))?;
    }
    let python = PathBuf::from(std::env::var("ZEREN_PYTHON").unwrap_or_else(|_| "python3".to_owned()));
    let runs = Command::new(&python)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    Ok(Built {
        folder,
        library: libraries.join("libzeren.so"),
        python: runs.then_some(python),
    })
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
}

impl Built {
    pub fn call(&self, milliseconds: u64) -> Command {
        let mut command = Command::new(self.folder.join("call"));
        command
            .arg(milliseconds.to_string())
            .arg(package().join("examples/safety"));
        command
    }

    /// A process that loads the library, and makes its first sheet.
    pub fn start(&self) -> Command {
        let mut command = Command::new(self.folder.join("start"));
        command.arg(&self.library).arg(package().join("examples/safety"));
        command
    }

    /// The same calls from Python, where there is one.
    pub fn python(&self, milliseconds: u64) -> Option<Command> {
        let mut command = Command::new(self.python.as_ref()?);
        command
            .env("ZEREN_LIBRARY", &self.library)
            .env("PYTHONPATH", package().join("bindings/python"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(package().join("benches/boundary/call.py"))
            .arg(milliseconds.to_string())
            .arg(package().join("examples/safety"));
        Some(command)
    }

    pub fn megabytes(&self) -> Result<f64, String> {
        let size = std::fs::metadata(&self.library)
            .map_err(|error| error.to_string())?
            .len();
        let kilobytes = u32::try_from(size / 1000).map_err(|error| error.to_string())?;
        Ok(f64::from(kilobytes) / 1000.0)
    }
}
