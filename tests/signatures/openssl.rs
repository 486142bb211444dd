//! OpenSSL 3 signs and verifies; its certificates are read.

use std::path::{Path, PathBuf};
use std::process::Command;

use zeren::document::read;
use zeren::letter::{DigestQuery, Outcome, SignatureQuery, SignatureReport};

use super::support::{has_command, run};
use super::{base64, hex, unhex};

const MESSAGE: &str = "{\"kind\":\"signing_statement\",\"letter\":\"书-1\",\"person\":\"甲-1\"}";

/// Whether OpenSSL 3 is there; it tells its version to a command, not to a flag.
fn has_openssl() -> bool {
    has_command("openssl", &["version"])
}

/// A folder of its own for one test, with a key.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("signatures").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Place(folder)
    }

    fn openssl(&self, line: &str) -> String {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        run(Command::new("openssl").current_dir(&self.0).args(words))
    }

    fn says(&self, line: &str) -> bool {
        let words: Vec<&str> = line.split(' ').collect();
        let output = Command::new("openssl").current_dir(&self.0).args(words).output();
        output.is_ok_and(|output| output.status.success())
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.join(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    fn key(&self, name: &str) {
        self.openssl(&format!("ecparam -genkey -name SM2 -noout -out {name}.key"));
        self.openssl(&format!("pkey -in {name}.key -pubout -out {name}.pub"));
    }

    /// The signature of the message by a key.
    fn sign(&self, key: &str, user_id: &str, message: &[u8]) -> Vec<u8> {
        self.write("message", message);
        self.openssl(&format!(
            "pkeyutl -sign -inkey {key}.key -rawin -digest sm3 -pkeyopt distid:{user_id} -in message -out value"
        ));
        self.read("value")
    }
}

fn verify(query: serde_json::Value) -> SignatureReport {
    let query: SignatureQuery = read(query.to_string().as_bytes()).unwrap();
    query.answer().unwrap()
}

fn holds(query: serde_json::Value) -> bool {
    verify(query).outcomes.mathematics == Some(Outcome::Holds)
}

#[test]
fn what_openssl_signs_fits() {
    if !has_openssl() {
        return;
    }
    let place = Place::new("signs");
    for round in 0..8 {
        place.key("a");
        let user_id = if round % 2 == 0 {
            "1234567812345678"
        } else {
            "ALICE123@YAHOO.COM"
        };
        let value = place.sign("a", user_id, MESSAGE.as_bytes());
        let key = place.text("a.pub");
        let ask = |message: &str, user_id: &str, value: &[u8]| serde_json::json!({"key": key, "user_id": user_id, "message": message, "signature": hex(value)});
        assert!(holds(ask(MESSAGE, user_id, &value)));
        assert!(!holds(ask(&MESSAGE.replace("甲", "乙"), user_id, &value)));
        assert!(!holds(ask(MESSAGE, "1234567812345679", &value)));
        let in_base64 = serde_json::json!({
            "key": key, "user_id": user_id, "content": base64(MESSAGE.as_bytes()), "signature": base64(&value),
        });
        assert!(holds(in_base64));
    }
}

/// Without `distid` OpenSSL leaves Z out of `dgst`: such a signature does not fit, and nobody should be puzzled by it.
#[test]
fn openssl_dgst_fits_with_the_id_and_not_without() {
    if !has_openssl() {
        return;
    }
    let place = Place::new("dgst");
    place.key("a");
    place.write("message", MESSAGE.as_bytes());
    let key = place.text("a.pub");
    for (option, fits) in [("-sigopt distid:1234567812345678", true), ("", false)] {
        place.openssl(&format!("dgst -sm3 -sign a.key {option} -out value message"));
        let value = hex(&place.read("value"));
        let ask = serde_json::json!({"key": key, "message": MESSAGE, "signature": value});
        assert_eq!(holds(ask), fits, "{option}");
    }
}

/// The other way: we give e, a signer outside signs it, OpenSSL verifies it over the message.
#[test]
fn openssl_accepts_a_signature_over_our_e() {
    if !has_openssl() {
        return;
    }
    let place = Place::new("verifies");
    place.key("a");
    let query = serde_json::json!({"key": place.text("a.pub"), "message": MESSAGE});
    let query: DigestQuery = read(query.to_string().as_bytes()).unwrap();
    place.write("e", &unhex(&query.answer().unwrap().e));
    place.write("message", MESSAGE.as_bytes());
    place.openssl("pkeyutl -sign -inkey a.key -in e -out value");
    let check = "pkeyutl -verify -pubin -inkey a.pub -rawin -digest sm3 -pkeyopt distid:1234567812345678 -in message -sigfile value";
    assert!(place.says(check));
    place.write("message", MESSAGE.replace("甲", "乙").as_bytes());
    assert!(!place.says(check));
}

/// A root and a signer's certificate under it, with Chinese names.
fn certificates(place: &Place) {
    place.write(
        "extensions",
        b"[signer]\nkeyUsage=critical,digitalSignature,nonRepudiation\nbasicConstraints=critical,CA:FALSE\n\
          [other]\nkeyUsage=critical,keyEncipherment\n[odd]\n1.2.3.4=critical,ASN1:NULL\n",
    );
    for (name, subject) in [
        ("root", "/C=CN/O=示例/CN=示例根证书"),
        ("false", "/C=CN/O=示例/CN=示例根证书"),
    ] {
        place.key(name);
        place.openssl(&format!(
            "req -x509 -new -key {name}.key -sm3 -sigopt distid:1234567812345678 -utf8 -subj {subject} -days 3650 -out {name}.crt"
        ));
    }
    place.key("a");
    place.openssl(
        "req -new -key a.key -sm3 -sigopt distid:1234567812345678 -utf8 -subj /C=CN/O=甲镇/CN=张三 -out a.csr",
    );
    for section in ["signer", "other", "odd"] {
        place.openssl(&format!(
            "x509 -req -in a.csr -CA root.crt -CAkey root.key -sm3 -sigopt distid:1234567812345678 \
             -vfyopt distid:1234567812345678 -set_serial 0x1A2B -days 365 -extfile extensions -extensions {section} -out {section}.crt"
        ));
    }
}

fn today(place: &Place, days: i64) -> String {
    let told = place.openssl("x509 -in signer.crt -noout -startdate -dateopt iso_8601");
    let day = told.trim().trim_start_matches("notBefore=").split(' ').next().unwrap();
    let day = zeren::calendar::Date::from_iso(day).unwrap();
    zeren::calendar::Date::from_number(day.number() + days)
        .unwrap()
        .to_string()
}

#[test]
fn a_certificate_gives_the_key_and_its_chain_is_followed() {
    if !has_openssl() {
        return;
    }
    let place = Place::new("chain");
    certificates(&place);
    let value = hex(&place.sign("a", "1234567812345678", MESSAGE.as_bytes()));
    let ask = |own: &str, issuer: &str, signed: &str| {
        verify(serde_json::json!({
            "certificate": place.text(own), "chain": [place.text(issuer)], "message": MESSAGE, "signature": value, "signed": signed,
        }))
    };
    let (inside, before, after) = (today(&place, 3), today(&place, -3), today(&place, 400));
    let report = ask("signer.crt", "root.crt", &inside);
    let said = report.outcomes.parts().map(|(_, outcome)| outcome);
    assert_eq!(
        said,
        [Outcome::Holds, Outcome::Holds, Outcome::Holds, Outcome::NotChecked]
    );
    let name = report.certificate.unwrap();
    assert_eq!(name.serial, "1a2b");
    assert!(name.issuer.contains("示例根证书"), "{}", name.issuer);
    place.openssl("x509 -in signer.crt -outform DER -out signer.der");
    assert_eq!(name.sm3, zeren::document::sm3_hex(&place.read("signer.der")));
    // Each part on its own.
    for day in [before, after] {
        let report = ask("signer.crt", "root.crt", &day);
        assert_eq!(report.outcomes.validity, Some(Outcome::Fails));
        assert_eq!(report.outcomes.chain, Some(Outcome::Holds));
    }
    for (own, issuer) in [
        ("signer.crt", "false.crt"),
        ("other.crt", "root.crt"),
        ("odd.crt", "root.crt"),
        ("signer.crt", "signer.crt"),
    ] {
        let report = ask(own, issuer, &inside);
        assert_eq!(report.outcomes.chain, Some(Outcome::Fails), "{own} {issuer}");
        assert_eq!(report.outcomes.mathematics, Some(Outcome::Holds));
        assert!(!report.reasons.is_empty());
    }
}

/// A bit of every byte of a certificate: no change leaves a chain that holds.
#[test]
fn a_changed_certificate_has_no_chain() {
    if !has_openssl() {
        return;
    }
    let place = Place::new("changed");
    certificates(&place);
    let value = hex(&place.sign("a", "1234567812345678", MESSAGE.as_bytes()));
    place.openssl("x509 -in signer.crt -outform DER -out signer.der");
    let (der, root) = (place.read("signer.der"), place.text("root.crt"));
    let chain = |der: &[u8]| {
        let query =
            serde_json::json!({"certificate": base64(der), "chain": [root], "message": MESSAGE, "signature": value});
        let query: SignatureQuery = read(query.to_string().as_bytes()).unwrap();
        query.answer().ok().and_then(|report| report.outcomes.chain)
    };
    assert_eq!(chain(&der), Some(Outcome::Holds));
    for at in 0..der.len() {
        let mut changed = der.clone();
        changed[at] ^= 1 << (at % 8);
        assert_ne!(chain(&changed), Some(Outcome::Holds), "byte {at}");
    }
}

#[test]
fn what_the_host_says_of_revocation_is_passed_on_with_its_source() {
    if !has_openssl() {
        return;
    }
    let place = Place::new("revocation");
    place.key("a");
    let value = hex(&place.sign("a", "1234567812345678", MESSAGE.as_bytes()));
    let report = verify(serde_json::json!({
        "key": place.text("a.pub"), "message": MESSAGE, "signature": value,
        "revocation": {"outcome": "fails", "source": "区 CA 吊销列表", "on": "2023-01-05"},
    }));
    assert_eq!(report.outcomes.revocation, Some(Outcome::Fails));
    assert_eq!(report.revocation_source.unwrap().source, "区 CA 吊销列表");
    assert!(
        !report.zh.contains("有效签名") && !report.en.contains("legally"),
        "{} {}",
        report.zh,
        report.en
    );
}
