//! The elements of a page as this library writes it: every element that is opened is closed, apart from those that hold
//! nothing.

/// An element.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The words right inside it.
    pub text: String,
    /// The element around it, by its place.
    above: Option<usize>,
    place: usize,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// All elements, in the order in which they are opened.
pub struct Tags(pub Vec<Tag>);

/// The parts of a table that only hold others: who looks for cells looks through them.
const AROUND: [&str; 3] = ["thead", "tbody", "tfoot"];

impl Tags {
    pub fn read(html: &str) -> Result<Tags, String> {
        let mut tags: Vec<Tag> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut rest = html.trim_start_matches("<!DOCTYPE html>");
        while let Some((words, after)) = rest.split_once('<') {
            if let Some(top) = open.last() {
                tags[*top].text.push_str(words);
            } else if !words.trim().is_empty() {
                return Err(format!("words outside: {words}"));
            }
            let (inside, after) = after.split_once('>').ok_or("a tag that does not end")?;
            rest = after;
            if let Some(name) = inside.strip_prefix('/') {
                let last = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
                if tags[last].name != name {
                    return Err(format!("</{name}> closes <{}>", tags[last].name));
                }
                continue;
            }
            let place = tags.len();
            let alone = inside.ends_with('/') || inside.starts_with("meta");
            let inside = inside.trim_end_matches('/');
            let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
            tags.push(Tag {
                name: name.to_owned(),
                attributes: attributes_of(attributes)?,
                text: String::new(),
                above: open.last().copied(),
                place,
            });
            if !alone {
                open.push(place);
            }
        }
        match open.last() {
            Some(last) => Err(format!("<{}> is not closed", tags[*last].name)),
            None => Ok(Tags(tags)),
        }
    }

    pub fn named<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t Tag> {
        self.0.iter().filter(move |tag| tag.name == name)
    }

    /// The elements right inside a row; inside anything else, all that are below it.
    pub fn inside(&self, outer: &Tag) -> Vec<&Tag> {
        let below = |tag: &&Tag| {
            let mut above = tag.above;
            while let Some(place) = above {
                if place == outer.place {
                    return true;
                }
                above = match outer.name.as_str() {
                    "tr" => None,
                    _ => self.0[place].above,
                };
            }
            false
        };
        let found = self.0.iter().filter(below);
        found
            .filter(|tag| !AROUND.contains(&tag.name.as_str()) || tag.name == "thead")
            .collect()
    }
}

fn attributes_of(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut attributes = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest
            .split_once("=\"")
            .ok_or_else(|| format!("an attribute without a value: {rest}"))?;
        let (value, after) = after
            .split_once('"')
            .ok_or_else(|| format!("an attribute that does not end: {rest}"))?;
        attributes.push((name.trim().to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Ok(attributes)
}
