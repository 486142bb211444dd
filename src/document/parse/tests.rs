use super::{MAX_DEPTH, parse};
use crate::document::{Value, Written, canonical};

fn code(text: &[u8]) -> (&'static str, String) {
    let error = parse(text).unwrap_err();
    (error.code(), error.findings()[0].pointer.clone().unwrap())
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    assert_eq!(code(b""), ("document.syntax", String::new()));
    assert_eq!(code(b"{\"a\": [1, 2"), ("document.syntax", "/a/2".into()));
    assert_eq!(code(b"{\"a\": {\"b\": nul}}"), ("document.syntax", "/a/b".into()));
    assert_eq!(code(b"[1] 2"), ("document.syntax", String::new()));
    assert_eq!(code(b"\xff"), ("document.not_utf8", String::new()));
    assert_eq!(
        code(b"{\"a/b\": {\"~\": 1, \"~\": 2}}"),
        ("document.duplicate_key", "/a~1b/~0".into())
    );
    assert_eq!(code(b"[1e400]"), ("document.number_too_long", "/0".into()));
    assert_eq!(
        code("\u{feff}{}".as_bytes()),
        ("document.byte_order_mark", String::new())
    );
    assert_eq!(code(b"\"\\ud800\""), ("document.syntax", String::new()));
    assert_eq!(code(b"\"a\nb\""), ("document.syntax", String::new()));
}

#[test]
fn all_duplicate_keys_are_named_at_once() {
    let error = parse(b"[{\"a\":1,\"a\":2},{\"b\":1,\"b\":[],\"b\":3}]").unwrap_err();
    let pointers: Vec<_> = error
        .findings()
        .iter()
        .map(|finding| finding.pointer.clone().unwrap())
        .collect();
    assert_eq!(pointers, ["/0/a", "/1/b", "/1/b"]);
}

#[test]
fn depth_is_bounded() {
    let deep = |depth: usize| [vec![b'['; depth], vec![b']'; depth]].concat();
    assert!(parse(&deep(MAX_DEPTH)).is_ok());
    assert_eq!(parse(&deep(MAX_DEPTH + 1)).unwrap_err().code(), "document.too_deep");
    assert_eq!(parse(&vec![b'['; 1 << 20]).unwrap_err().code(), "document.too_deep");
}

/// Texts made by mutating good ones: our verdict is `serde_json`'s, and so is the tree, but for what we refuse on purpose.
#[test]
fn the_verdict_is_that_of_serde_json() {
    let seeds = [
        r#"{"a":[1,-2.50,3e2,true,false,null],"b":{"c":"\u4e2d\ud83d\ude00\n\"x\\","d":{}},"e":[]}"#,
        r#" [ {"k" : "值"} , [[ ]] , -0.0 , 1E+3, "" ] "#,
    ];
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |bound: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % bound as u64) as usize
    };
    let alphabet = br#"{}[]",:0123456789.-+eEtrufalsn\ "#;
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..60_000 {
        let mut text = seeds[round % seeds.len()].as_bytes().to_vec();
        for _ in 0..next(4) {
            let at = next(text.len());
            match next(3) {
                0 => text[at] = alphabet[next(alphabet.len())],
                1 => text.insert(at, alphabet[next(alphabet.len())]),
                _ => drop(text.remove(at)),
            }
        }
        let theirs = serde_json::from_slice::<serde_json::Value>(&text);
        match (parse(&text), theirs) {
            (Ok(ours), Ok(theirs)) => {
                accepted += 1;
                assert!(same(&ours, &theirs), "{}", String::from_utf8_lossy(&text));
                let again = parse(canonical(&ours).as_bytes()).unwrap();
                assert_eq!(canonical(&again), canonical(&ours));
                // However it came to be, what is written is the same.
                for written in [
                    Written::parse(&text).unwrap(),
                    Written::parse(canonical(&ours).as_bytes()).unwrap(),
                    Written::from(&ours),
                ] {
                    assert_eq!(written.canonical(), canonical(&ours));
                    assert_eq!(canonical(&written.to_value()), canonical(&ours));
                }
            }
            (Err(_), Err(_)) => refused += 1,
            (Err(error), Ok(_)) => assert!(
                matches!(error.code(), "document.duplicate_key" | "document.number_too_long"),
                "{error}: {}",
                String::from_utf8_lossy(&text)
            ),
            // A float that serde_json finds out of range is one of our plain numbers.
            (Ok(_), Err(error)) => assert!(error.to_string().contains("number out of range"), "{error}"),
        }
    }
    assert!(
        accepted > 10_000 && refused > 10_000,
        "{accepted} accepted, {refused} refused"
    );
}

/// Only what is written in canonical form is taken over as it stands.
#[test]
fn what_is_not_canonical_is_written_anew() {
    for (text, expected) in [
        (r#"{"a":1,"b":[true,"x"]}"#, r#"{"a":1,"b":[true,"x"]}"#),
        (r#"{"b":1,"a":2}"#, r#"{"a":2,"b":1}"#),
        (r#"[{"a":1 }]"#, r#"[{"a":1}]"#),
        (r#"[ {"a":1}]"#, r#"[{"a":1}]"#),
        (r#"{"a":[1.0]}"#, r#"{"a":[1]}"#),
        (r#"{"a":["\u0041"]}"#, r#"{"a":["A"]}"#),
        (r#"{"a\n":"\/"}"#, r#"{"a\n":"/"}"#),
        (r#"[{"b":{"d":1,"c":2}},{"a":[]}]"#, r#"[{"b":{"c":2,"d":1}},{"a":[]}]"#),
        ("  -0  ", "0"),
    ] {
        assert_eq!(Written::parse(text.as_bytes()).unwrap().canonical(), expected, "{text}");
    }
}

fn same(ours: &Value, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Bool(ours), serde_json::Value::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), serde_json::Value::Number(theirs)) => {
            // serde_json's floats may be off in the last place.
            let (ours, theirs) = (ours.as_str().parse::<f64>().unwrap(), theirs.as_f64().unwrap());
            (ours - theirs).abs() <= ours.abs() * 1e-15
        }
        (Value::Text(ours), serde_json::Value::String(theirs)) => ours == theirs,
        (Value::List(ours), serde_json::Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Object(ours), serde_json::Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .all(|(name, ours)| theirs.get(name.as_str()).is_some_and(|theirs| same(ours, theirs)))
        }
        _ => false,
    }
}
