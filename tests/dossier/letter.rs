//! A letter as evidence: a signature over the signing statement, its certificate page, and what of it any change breaks.

use serde_json::{Value as Json, json};
use zeren::document::{read, sm3_hex};
use zeren::ledger::{checkpoint, inclusion, verify_against};
use zeren::report::CertificateRequest;

use super::case::{Case, LEDGER, PDF, TEXT};

fn page(case: &Case, more: Json) -> Json {
    let mut query = json!({"letter": "书-1", "day": "2023-01-10"});
    for (name, value) in more.as_object().unwrap() {
        query[name] = value.clone();
    }
    let request: CertificateRequest = read(query.to_string().as_bytes()).unwrap();
    let said = request.answer(&case.system).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&said).unwrap_or(Json::String(said))
}

#[test]
fn the_page_says_who_signed_what_as_what_and_what_was_verified_by_whom() {
    let page = page(&Case::new(), json!({}));
    let first = &page["signatures"][0];
    assert_eq!(first["manifestation"], "pdf");
    assert_eq!(
        (&first["tenure"], &first["capacity"]),
        (&json!("任-1"), &json!("holder"))
    );
    let made = &first["verifications"][0];
    assert_eq!(made["verifier"], "区电子签章平台 3.1");
    assert_eq!(made["outcomes"]["mathematics"], "holds");
    assert_eq!(made["outcomes"]["revocation"], "not_checked");
    assert_eq!(made["certificate"]["serial"], "1a2b");
    let course: Vec<_> = page["course"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["what"].clone())
        .collect();
    assert_eq!(course, ["amended", "succeeded"]);
    let forms: Vec<_> = page["manifestations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["form"].clone())
        .collect();
    assert_eq!(forms, ["canonical", "pdf", "paper_scan"]);
}

#[test]
fn the_page_prints_with_names_that_are_not_kept() {
    let case = Case::new();
    let names = json!([{"person": "p-1", "name": "张三"}]);
    for form in ["markdown", "html"] {
        let with = page(&case, json!({"format": form, "names": names}));
        let without = page(&case, json!({"format": form}));
        let (with, without) = (with.as_str().unwrap(), without.as_str().unwrap());
        assert!(with.contains("张三（p-1）") && !without.contains("张三"), "{form}");
        for words in ["未核查", "区电子签章平台 3.1", "改由", "不构成对签署效力的法律认定"] {
            assert!(with.contains(words), "{form}: {words}");
        }
        assert!(!with.contains("合法有效"), "{form}");
    }
    let html = page(&case, json!({"format": "html"}));
    let html = html.as_str().unwrap();
    let tables = html.matches("<table>").count();
    assert_eq!((html.matches("<caption>").count(), tables), (tables, 4));
    let heads = html.matches("<th").count() - html.matches("<thead").count();
    let scoped = html.matches("<th scope=\"col\"").count() + html.matches("<th scope=\"row\"").count();
    assert_eq!(scoped, heads);
}

/// The host erases a name from its own table: no proof is over a name.
#[test]
fn erasing_a_name_in_the_hosts_table_leaves_every_proof_intact() {
    let case = Case::new();
    let mut host: Vec<(&str, &str)> = vec![("p-1", "张三"), ("p-2", "李四")];
    assert!(
        case.lines
            .iter()
            .all(|line| host.iter().all(|(_, name)| !line.contains(name)))
    );
    let (kept, before) = (checkpoint(LEDGER, case.texts()).unwrap(), page(&case, json!({})));
    let proof = inclusion(LEDGER, case.texts(), kept.position).unwrap();
    host.retain(|(key, _)| *key != "p-1");
    assert_eq!(
        verify_against(LEDGER, case.texts(), std::slice::from_ref(&kept))
            .unwrap()
            .proven,
        Some(kept.position)
    );
    assert!(proof.proves(&kept).is_ok());
    assert_eq!(page(&case, json!({})), before);
    let names: Vec<Json> = host
        .iter()
        .map(|(key, name)| json!({"person": key, "name": name}))
        .collect();
    let printed = page(&case, json!({"format": "markdown", "names": names}));
    assert!(printed.as_str().unwrap().contains("| p-1 |") && printed.as_str().unwrap().contains("李四（p-2）"));
}

/// Every byte of the text and of the PDF: none of the digests that the letter holds is then that of the file.
#[test]
fn every_changed_byte_of_a_text_and_a_file_is_found() {
    let page = page(&Case::new(), json!({}));
    for (file, digest) in [
        (TEXT.as_bytes(), &page["text"]),
        (PDF, &page["manifestations"][1]["file"]["digest"]),
    ] {
        assert_eq!(&json!(sm3_hex(file)), digest);
        for bit in 0..file.len() * 8 {
            let mut changed = file.to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(&json!(sm3_hex(&changed)), digest, "bit {bit}");
        }
    }
}

#[test]
fn without_the_feature_a_verification_is_refused_and_the_digest_is_given() {
    let key = "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    let query = json!({"key": key, "message": "message digest"});
    let query: zeren::letter::DigestQuery = read(query.to_string().as_bytes()).unwrap();
    assert_eq!(
        query.answer().unwrap().e,
        "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640"
    );
    let query = json!({"key": key, "message": "message digest", "signature": "00".repeat(64)});
    let query: zeren::letter::SignatureQuery = read(query.to_string().as_bytes()).unwrap();
    let answer = query.answer().map_err(|error| (error.code(), error.kind()));
    if cfg!(feature = "sign") {
        assert_eq!(
            answer.unwrap().outcomes.mathematics,
            Some(zeren::letter::Outcome::Fails)
        );
    } else {
        assert_eq!(
            answer.unwrap_err(),
            ("letter.built_without_sign", zeren::error::ErrorKind::Unsupported)
        );
    }
}

#[cfg(feature = "sign")]
mod signed_elsewhere {
    use super::*;
    use sm2::dsa::signature::hazmat::PrehashSigner;
    use sm2::dsa::{Signature, SigningKey};
    use sm2::elliptic_curve::sec1::ToSec1Point;

    /// A signer outside: it gets e and gives a value.
    struct Signer(SigningKey);

    impl Signer {
        fn new(byte: u8) -> Self {
            Signer(SigningKey::from_slice("1234567812345678", &[byte; 32]).unwrap())
        }

        fn key(&self) -> String {
            hex(self.0.verifying_key().to_sec1_point(false).as_bytes())
        }

        fn sign(&self, statement: &str) -> String {
            let query = json!({"key": self.key(), "message": statement});
            let query: zeren::letter::DigestQuery = read(query.to_string().as_bytes()).unwrap();
            let e = query.answer().unwrap().e;
            let e: Vec<u8> = (0..64)
                .step_by(2)
                .map(|at| u8::from_str_radix(&e[at..at + 2], 16).unwrap())
                .collect();
            let value: Signature = self.0.sign_prehash(&e).unwrap();
            hex(&value.to_bytes())
        }
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn statement(case: &Case, person: &str, on: &str) -> String {
        let asked = json!({"view": "statement", "day": on, "letter": "书-1", "manifestation": "pdf", "post": "镇书记", "person": person});
        case.view(&asked)["statement"].as_str().unwrap().to_owned()
    }

    /// The letter signed by the town's secretary with this value, in this capacity and on this day.
    fn signed(value: &str, person: &str, capacity: &str, on: &str) -> Case {
        let mut case = Case::drafted();
        case.enter(
            &json!([{"act": "letter.signed", "id": "签", "effective": on, "letter": "书-1", "signatures": [
            {"post": "镇书记", "person": person, "capacity": capacity, "manifestation": "pdf",
             "electronic": {"over": "statement", "value": value}}]}]),
        );
        case
    }

    fn mathematics(case: &Case, key: &str) -> Json {
        let page = page(case, json!({"keys": [{"post": "镇书记", "key": key}]}));
        page["signatures"][0]["own"]["mathematics"].clone()
    }

    #[test]
    fn a_signature_over_the_statement_is_verified_from_the_ledger_alone() {
        let signer = Signer::new(7);
        let value = signer.sign(&statement(&Case::drafted(), "p-2", "2022-01-01"));
        let case = signed(&value, "p-2", "holder", "2022-01-01");
        assert_eq!(mathematics(&case, &signer.key()), "holds");
        assert_eq!(mathematics(&case, &Signer::new(8).key()), "fails");
        // Moved to another person, capacity or day.
        for (person, capacity, on) in [
            ("p-7", "holder", "2022-01-01"),
            ("p-2", "acting", "2022-01-01"),
            ("p-2", "holder", "2022-01-02"),
        ] {
            let moved = signed(&value, person, capacity, on);
            assert_eq!(mathematics(&moved, &signer.key()), "fails", "{person} {capacity} {on}");
        }
        // Every bit of the value.
        for bit in 0..512 {
            let mut bytes: Vec<u8> = (0..128)
                .step_by(2)
                .map(|at| u8::from_str_radix(&value[at..at + 2], 16).unwrap())
                .collect();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let query = json!({"key": signer.key(), "message": statement(&Case::drafted(), "p-2", "2022-01-01"), "signature": hex(&bytes)});
            if bit % 61 == 0 {
                let query: zeren::letter::SignatureQuery = read(query.to_string().as_bytes()).unwrap();
                let report = query.answer().unwrap();
                assert_eq!(
                    report.outcomes.mathematics,
                    Some(zeren::letter::Outcome::Fails),
                    "bit {bit}"
                );
            }
        }
    }

    /// Every bit of every digest that the statement names: the text's and the manifestation's.
    #[test]
    fn a_statement_of_another_text_or_file_does_not_fit() {
        let signer = Signer::new(7);
        let own = statement(&Case::drafted(), "p-2", "2022-01-01");
        let value = signer.sign(&own);
        let fits = |message: &str| {
            let query = json!({"key": signer.key(), "message": message, "signature": value});
            let query: zeren::letter::SignatureQuery = read(query.to_string().as_bytes()).unwrap();
            query.answer().unwrap().outcomes.mathematics == Some(zeren::letter::Outcome::Holds)
        };
        assert!(fits(&own));
        for at in 0..own.len() {
            let mut changed = own.clone().into_bytes();
            changed[at] ^= 1;
            if let Ok(changed) = String::from_utf8(changed) {
                assert!(!fits(&changed), "byte {at}");
            }
        }
    }

    #[test]
    fn a_verification_made_elsewhere_leads_over_ours() {
        let signer = Signer::new(7);
        let value = signer.sign(&statement(&Case::drafted(), "p-2", "2022-01-01"));
        let mut case = signed(&value, "p-2", "holder", "2022-01-01");
        case.enter(&json!([{"act": "signature.verified", "id": "验", "effective": "2022-01-03", "letter": "书-1", "post": "镇书记",
            "means": "signature", "verifier": "签名验签服务器", "report": crate::case::report("报告"),
            "outcomes": {"mathematics": "fails"}}]));
        let page = page(
            &case,
            json!({"format": "markdown", "keys": [{"post": "镇书记", "key": signer.key()}]}),
        );
        let page = page.as_str().unwrap();
        let (theirs, ours) = (page.find("签名验签服务器").unwrap(), page.find("仅供参照").unwrap());
        assert!(theirs < ours && page.contains("以此为准"), "{page}");
    }
}
