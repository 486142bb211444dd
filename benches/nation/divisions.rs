//! The tree of divisions, from a table of code, code of the superior and name.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// One division, or the root that the table does not have.
pub struct Division {
    pub code: String,
    pub name: String,
    /// Place of the superior in the list; the root is its own.
    pub superior: usize,
    /// Levels below the root.
    pub depth: usize,
}

/// Classes of the levels, from the root down.
const CLASSES: [&str; 6] = ["全国", "省", "市", "县", "乡镇", "村"];

impl Division {
    pub fn class(&self) -> &'static str {
        CLASSES.get(self.depth).copied().unwrap_or("村")
    }
}

/// Reads the table, compressed or not; superiors stand before their subordinates in what comes out, the root first.
pub fn read(path: &Path) -> Result<Vec<Division>, String> {
    let text = text(path)?;
    let mut rows: Vec<(&str, &str, &str)> = Vec::new();
    for line in text.lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        match (cells.next(), cells.next(), cells.next()) {
            (Some(code), Some(superior), Some(name)) => rows.push((code, superior, name)),
            _ => return Err(format!("{}: not code, parent, name: {line}", path.display())),
        }
    }
    let mut divisions = vec![Division {
        code: "0".to_owned(),
        name: "全国".to_owned(),
        superior: 0,
        depth: 0,
    }];
    let mut places = BTreeMap::from([("", 0)]);
    // The longer code stands below the shorter one.
    rows.sort_by_key(|(code, _, _)| (code.len(), *code));
    for (code, superior, name) in rows {
        let above = *places
            .get(superior)
            .ok_or_else(|| format!("{code}: no superior {superior}"))?;
        places.insert(code, divisions.len());
        let depth = divisions[above].depth + 1;
        divisions.push(Division {
            code: code.to_owned(),
            name: name.to_owned(),
            superior: above,
            depth,
        });
    }
    Ok(divisions)
}

/// The table's text. Python reads compressed ones: it is needed for SQLite anyway.
fn text(path: &Path) -> Result<String, String> {
    if path.extension().is_none_or(|extension| extension != "gz") {
        return std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    }
    let program = "import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())";
    let output = Command::new("python3").args(["-c", program]).arg(path).output();
    let output = output.map_err(|error| format!("python3: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "{}: {}",
            path.display(),
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{}: {error}", path.display()))
}
