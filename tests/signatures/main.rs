//! SM2 signatures against the standard's worked values, OpenSSL 3 and the Python package gmssl; every single-bit change is
//! refused.
#![cfg(feature = "sign")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "no C program here")]
mod support;

mod gmssl;
mod openssl;

use zeren::document::{Value, parse, read};
use zeren::error::Result;
use zeren::letter::{DigestQuery, Outcome, SignatureQuery, SignatureReport};

const VECTORS: &[u8] = include_bytes!("../data/vectors.json");

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(byte).collect()
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let held = chunk.iter().fold(0_u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let six = usize::try_from(held >> (18 - 6 * place) & 63).unwrap();
            text.push(if place <= chunk.len() {
                char::from(SIGNS[six])
            } else {
                '='
            });
        }
    }
    text
}

/// One part of what is asked.
type Part = fn(&mut Asked) -> &mut Vec<u8>;

/// What is asked: the key, the user id, the message and the value, each in bytes.
#[derive(Clone)]
struct Asked {
    key: Vec<u8>,
    user_id: Vec<u8>,
    message: Vec<u8>,
    value: Vec<u8>,
}

impl Asked {
    fn verify(&self) -> Result<SignatureReport> {
        let user_id = String::from_utf8(self.user_id.clone()).map_err(|_| refused())?;
        let query = serde_json::json!({
            "key": hex(&self.key), "user_id": user_id, "content": base64(&self.message), "signature": hex(&self.value),
        });
        read::<SignatureQuery>(query.to_string().as_bytes())?.answer()
    }

    fn holds(&self) -> bool {
        self.verify()
            .is_ok_and(|report| report.outcomes.mathematics == Some(Outcome::Holds))
    }

    /// The same with one bit changed, for every bit of every part.
    fn every_bit(&self) -> impl Iterator<Item = (String, Asked)> + '_ {
        let parts: [(&str, Part); 4] = [
            ("key", |asked| &mut asked.key),
            ("user id", |asked| &mut asked.user_id),
            ("message", |asked| &mut asked.message),
            ("value", |asked| &mut asked.value),
        ];
        parts.into_iter().flat_map(move |(name, part)| {
            let bits = part(&mut self.clone()).len() * 8;
            (0..bits).map(move |bit| {
                let mut other = self.clone();
                part(&mut other)[bit / 8] ^= 1 << (bit % 8);
                (format!("bit {bit} of the {name}"), other)
            })
        })
    }
}

/// An id that is no text any more is refused before it comes here.
fn refused() -> zeren::error::Error {
    let finding = zeren::error::Finding::error("test", "", "非文本", "no text");
    zeren::error::Error::one(zeren::error::ErrorKind::Document, finding)
}

fn worked() -> Vec<Value> {
    match parse(VECTORS).unwrap().get("sm2") {
        Some(Value::List(rows)) if !rows.is_empty() => rows.clone(),
        _ => panic!("vectors.json has no rows sm2"),
    }
}

fn worked_asked(row: &Value) -> Asked {
    let text = |name: &str| row.get(name).and_then(Value::as_text).unwrap().to_owned();
    Asked {
        key: unhex(&text("public_key")),
        user_id: text("user_id").into_bytes(),
        message: text("message").into_bytes(),
        value: unhex(&(text("r") + &text("s"))),
    }
}

#[test]
fn the_worked_values_of_the_standard() {
    for row in worked() {
        let text = |name: &str| row.get(name).and_then(Value::as_text).unwrap().to_owned();
        let query =
            serde_json::json!({"key": text("public_key"), "user_id": text("user_id"), "message": text("message")});
        let query: DigestQuery = read(query.to_string().as_bytes()).unwrap();
        let digest = query.answer().unwrap();
        assert_eq!(
            (digest.z, digest.e),
            (text("z").to_lowercase(), text("e").to_lowercase())
        );
        let asked = worked_asked(&row);
        let report = asked.verify().unwrap();
        assert_eq!(report.outcomes.mathematics, Some(Outcome::Holds));
        for unchecked in [
            report.outcomes.chain,
            report.outcomes.validity,
            report.outcomes.revocation,
        ] {
            assert_eq!(unchecked, None, "nobody looked");
        }
        assert!(report.zh.contains("吊销状态未核查"), "{}", report.zh);
        // The usual id when none is told, and the point without 04.
        let without = Asked {
            key: asked.key[1..].to_vec(),
            ..asked
        };
        assert!(without.holds());
    }
}

#[test]
fn every_single_bit_change_is_refused() {
    for row in worked() {
        let raw = worked_asked(&row);
        let mut der = raw.clone();
        der.value = in_der(&raw.value);
        for asked in [raw, der] {
            assert!(asked.holds());
            for (what, other) in asked.every_bit() {
                assert!(!other.holds(), "{what}");
            }
        }
    }
}

/// r‖s as DER.
fn in_der(raw: &[u8]) -> Vec<u8> {
    let number = |digits: &[u8]| {
        let start = digits.iter().position(|byte| *byte != 0).unwrap();
        let mut content = digits[start..].to_vec();
        if content[0] >= 0x80 {
            content.insert(0, 0);
        }
        [vec![2, u8::try_from(content.len()).unwrap()], content].concat()
    };
    let body = [number(&raw[..32]), number(&raw[32..])].concat();
    [vec![0x30, u8::try_from(body.len()).unwrap()], body].concat()
}

#[test]
fn numbers_out_of_range_are_refused() {
    let row = &worked()[0];
    let order = unhex("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");
    let asked = worked_asked(row);
    for (r, s) in [
        (vec![0; 32], asked.value[32..].to_vec()),
        (asked.value[..32].to_vec(), vec![0; 32]),
        (order.clone(), asked.value[32..].to_vec()),
        (asked.value[..32].to_vec(), order),
    ] {
        let other = Asked {
            value: [r, s].concat(),
            ..asked.clone()
        };
        assert!(!other.holds());
    }
}

#[test]
fn what_is_no_key_and_what_is_asked_twice_is_told() {
    let code = |query: serde_json::Value| {
        let query = read::<SignatureQuery>(query.to_string().as_bytes()).unwrap();
        let error = query.answer().unwrap_err();
        (error.code(), error.findings()[0].pointer.clone().unwrap())
    };
    let row = &worked()[0];
    let key = row.get("public_key").and_then(Value::as_text).unwrap();
    let value = "00".repeat(64);
    let ask = |key: &str, value: &str| serde_json::json!({"key": key, "message": "", "signature": value});
    assert_eq!(code(ask("02ab", &value)), ("letter.not_a_key", "/key".into()));
    assert_eq!(
        code(ask(key, "3006020100020100")),
        ("letter.not_a_signature", "/signature".into())
    );
    let twice = serde_json::json!({"key": key, "certificate": key, "message": "", "signature": value});
    assert_eq!(code(twice), ("letter.signature_question", String::new()));
    let none = serde_json::json!({"key": key, "signature": value});
    assert_eq!(code(none), ("letter.signature_question", String::new()));
    let no_base64 = serde_json::json!({"key": key, "content": "*", "signature": value});
    assert_eq!(code(no_base64), ("letter.signature_question", "/content".into()));
    let certificate =
        serde_json::json!({"certificate": "-----BEGIN CERTIFICATE-----", "message": "", "signature": value});
    assert_eq!(code(certificate), ("letter.not_a_certificate", "/certificate".into()));
    let long = serde_json::json!({"key": key, "user_id": "i".repeat(8192), "message": "", "signature": value});
    assert_eq!(code(long), ("letter.user_id_too_long", "/user_id".into()));
}
