//! Contrast of words with what is behind them: every colour of words against every background of the page, which asks for
//! more than any one place needs.

/// A colour, each part 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(u8, u8, u8);

impl Colour {
    pub fn read(text: &str) -> Option<Colour> {
        let digits = text.trim().strip_prefix('#')?;
        let part = |from: usize, to: usize| {
            let digits = digits.get(from..to)?;
            let digits = if digits.len() == 1 {
                digits.repeat(2)
            } else {
                digits.to_owned()
            };
            u8::from_str_radix(&digits, 16).ok()
        };
        match digits.len() {
            3 => Some(Colour(part(0, 1)?, part(1, 2)?, part(2, 3)?)),
            6 => Some(Colour(part(0, 2)?, part(2, 4)?, part(4, 6)?)),
            _ => None,
        }
    }

    /// Relative luminance (WCAG 2.1).
    fn luminance(self) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.039_28 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }
}

/// The contrast ratio of two colours, 1 to 21.
pub fn ratio(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Words of 4.5 to 1 at least.
const LEAST: f64 = 4.5;

pub fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut words, mut behind) = (Vec::new(), Vec::new());
    let style = super::between(html, "<style>", "</style>").unwrap_or_default();
    for declaration in style.split(['{', '}', ';']) {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let list = match name.trim() {
            "color" | "fill" => &mut words,
            "background" | "background-color" => &mut behind,
            _ => continue,
        };
        match Colour::read(value) {
            Some(colour) => list.push(colour),
            None => faults.push(format!("{declaration}: a colour that cannot be told")),
        }
    }
    for fill in html.split(" fill=\"").skip(1) {
        let value = fill.split('"').next().unwrap_or_default();
        match Colour::read(value) {
            Some(colour) => words.push(colour),
            None if value == "none" => {}
            None => faults.push(format!("fill {value}: a colour that cannot be told")),
        }
    }
    if words.is_empty() || behind.is_empty() {
        faults.push("a page says the colour of its words and of its ground".to_owned());
    }
    words.sort_unstable();
    words.dedup();
    for colour in words {
        for ground in &behind {
            let ratio = ratio(colour, *ground);
            if ratio < LEAST {
                faults.push(format!("{colour:?} on {ground:?}: contrast {ratio:.2}"));
            }
        }
    }
    faults
}

#[test]
fn the_ratio_is_that_of_the_standard() {
    let colour = |text| Colour::read(text).unwrap();
    assert!((ratio(colour("#000"), colour("#ffffff")) - 21.0).abs() < 1e-9);
    // The grey that just passes, and the one that just does not.
    assert!(ratio(colour("#767676"), colour("#fff")) >= LEAST);
    assert!(ratio(colour("#777777"), colour("#fff")) < LEAST);
    assert_eq!(Colour::read("red"), None);
}
