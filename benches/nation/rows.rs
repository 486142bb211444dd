//! The same rows for the contenders, as tables of integers and text.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::acts::{DUTY, FOUNDED, SIGNED, TITLE, digest};
use crate::divisions::Division;

/// After every position.
const END: u32 = u32::MAX / 2;

/// At which position the bulk act stood that brought the row of a division.
pub struct Positions {
    pub units: Vec<u32>,
    pub posts: Vec<u32>,
    pub letters: Vec<u32>,
}

impl Positions {
    pub fn new(divisions: usize) -> Self {
        Self {
            units: vec![0; divisions],
            posts: vec![0; divisions],
            letters: vec![0; divisions],
        }
    }
}

/// Writes one file a table. The row of a division has the division's place as its number, in every table.
pub fn write(divisions: &[Division], positions: &Positions, folder: &Path) -> Result<(), String> {
    let founded = number(FOUNDED);
    let signed = SIGNED.map(number);
    let (mut unit, mut placed, mut post) = (String::new(), String::new(), String::new());
    let (mut letter, mut signatory, mut signing) = (String::new(), String::new(), String::new());
    for (at, division) in divisions.iter().enumerate() {
        let (code, name, above) = (&division.code, &division.name, division.superior);
        let (units, posts, letters) = (positions.units[at], positions.posts[at], positions.letters[at]);
        let class = division.class();
        // Writing to a string cannot fail.
        let _ = writeln!(unit, "{at},{code},{name},{class},{founded},{units},{END}");
        let _ = writeln!(post, "{at},p{code},{at},主要负责人,{founded},{posts},{END}");
        if at == 0 {
            continue;
        }
        let digest = digest(code);
        let _ = writeln!(placed, "{at},{above},{founded},{units},{END}");
        let _ = writeln!(
            letter,
            "{at},z{code},{TITLE},{above},{at},20220101,20221231,{DUTY},{digest},{letters},{END}"
        );
        for (post, day) in [above, at].into_iter().zip(signed) {
            let _ = writeln!(signatory, "{at},{post}");
            let person = &divisions[post].code;
            let _ = writeln!(signing, "{at},{post},h{person},{day},{letters},{END}");
        }
    }
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let tables = [
        ("unit", unit),
        ("placed", placed),
        ("post", post),
        ("letter", letter),
        ("signatory", signatory),
        ("signing", signing),
    ];
    for (table, rows) in tables {
        let path = folder.join(format!("{table}.csv"));
        fs::write(&path, rows).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// A day as a number: 2022-01-10 is 20220110.
pub fn number(day: &str) -> u32 {
    day.replace('-', "").parse().unwrap_or(0)
}
