//! Printing a page with a real browser, and reading what was printed.

use std::path::Path;
use std::process::Command;

/// What a browser printed of a page.
pub struct Printed {
    pub pages: usize,
    pub is_a4: bool,
    pub is_a4_across: bool,
    pub text: String,
}

/// Whether there is what it takes. Where it is missing the tests say so and pass, but never on a CI machine.
pub fn can_print() -> bool {
    let missing: Vec<&str> = [("chromium", "--version"), ("pdfinfo", "-v"), ("pdftotext", "-v")]
        .into_iter()
        .filter(|(tool, version)| Command::new(tool).arg(version).output().is_err())
        .map(|(tool, _)| tool)
        .collect();
    if missing.is_empty() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "{missing:?} missing on a CI machine");
    // Not by a macro: those are captured, and whoever runs the tests must see what they did not do.
    let said = format!("skipped: no {}\n", missing.join(", "));
    let _ = std::io::Write::write_all(&mut std::io::stderr(), said.as_bytes());
    false
}

impl Printed {
    pub fn new(name: &str, html: &str) -> Printed {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("printed");
        std::fs::create_dir_all(&folder).unwrap();
        let (page, pdf) = (folder.join(format!("{name}.html")), folder.join(format!("{name}.pdf")));
        std::fs::write(&page, html).unwrap();
        let _ = std::fs::remove_file(&pdf);
        print(&page, &pdf, &folder.join(format!("{name}.profile")));
        let info = run(Command::new("pdfinfo").arg(&pdf));
        let of = |field: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(field));
            line.unwrap_or_default().trim().to_owned()
        };
        let size = of("Page size:");
        Printed {
            pages: of("Pages:").parse().unwrap(),
            is_a4: is(&size, 595, 842),
            is_a4_across: is(&size, 842, 595),
            // In the order of the page, cell by cell; pages are kept apart by a form feed.
            text: run(Command::new("pdftotext").arg("-raw").arg(&pdf).arg("-")),
        }
    }

    /// The numbers at the feet of the pages.
    pub fn numbers(&self) -> Vec<usize> {
        let lines = self.text.split(['\n', '\u{c}']).filter(|line| is_page_number(line));
        lines
            .filter_map(|line| line.trim().trim_matches(['—', ' ']).parse().ok())
            .collect()
    }

    pub fn each_page(&self) -> impl Iterator<Item = &str> {
        self.text.split('\u{c}').filter(|page| !page.trim().is_empty())
    }

    /// Whether words were printed, wherever their lines and pages were broken.
    pub fn holds(&self, words: &str) -> bool {
        let plain = |text: &str| -> String { text.chars().filter(|sign| !sign.is_whitespace()).collect() };
        let lines = self.text.split(['\n', '\u{c}']);
        let body: Vec<&str> = lines.filter(|line| !is_page_number(line)).collect();
        plain(&body.concat()).contains(&plain(words))
    }
}

/// `— 3 —`
fn is_page_number(line: &str) -> bool {
    let number = line
        .trim()
        .strip_prefix('—')
        .and_then(|rest| rest.strip_suffix('—'))
        .map(str::trim);
    number.is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
}

fn print(page: &Path, pdf: &Path, profile: &Path) {
    run(Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--disable-dev-shm-usage",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", page.display())));
}

/// `594.96 x 841.92 pts (A4)`, within a point.
fn is(size: &str, wide: u32, high: u32) -> bool {
    let mut numbers = size.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
    let near = |found: Option<f64>, wanted: u32| found.is_some_and(|found| (found - f64::from(wanted)).abs() < 1.5);
    near(numbers.next(), wide) && near(numbers.next(), high)
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{command:?}: {}\n{out}\n{err}", output.status);
    out.into_owned()
}
