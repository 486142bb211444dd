//! The Python package gmssl signs and verifies. `ZEREN_GMSSL_PYTHON` names the interpreter that has it.

use std::path::Path;
use std::process::Command;

use zeren::document::read;
use zeren::letter::DigestQuery;

use super::support::{has, run};
use super::{Asked, hex, unhex};

const MESSAGE: &str = "意识形态工作责任书";
const USUAL: &str = "1234567812345678";

/// What the peer answers; nothing where it is missing, which a CI machine does not allow.
fn peer(arguments: &[&str]) -> Option<serde_json::Value> {
    let python = std::env::var("ZEREN_GMSSL_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = has(&python)
        && Command::new(&python)
            .args(["-c", "import gmssl"])
            .output()
            .is_ok_and(|output| output.status.success());
    if !there {
        assert!(std::env::var_os("CI").is_none(), "gmssl is missing on a CI machine");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures/gmssl_peer.py");
    let said = run(Command::new(python).arg(script).args(arguments));
    Some(serde_json::from_str(&said).unwrap())
}

#[test]
fn what_gmssl_signs_fits_in_both_forms() {
    for user_id in [USUAL, "张三@甲镇"] {
        let Some(said) = peer(&["sign", &hex(MESSAGE.as_bytes()), user_id]) else {
            return;
        };
        for form in ["raw", "der"] {
            let asked = Asked {
                key: unhex(said["key"].as_str().unwrap()),
                user_id: user_id.into(),
                message: MESSAGE.into(),
                value: unhex(said[form].as_str().unwrap()),
            };
            assert!(asked.holds(), "{user_id} {form}");
            let other = Asked {
                message: "意识形态工作责任状".into(),
                ..asked
            };
            assert!(!other.holds(), "{user_id} {form}");
        }
    }
}

/// The other way: we give e, a signer outside signs it, gmssl verifies it over the message.
#[test]
fn gmssl_accepts_a_signature_over_our_e() {
    let Some(pair) = peer(&["private"]) else { return };
    let (private, key) = (pair["private"].as_str().unwrap(), pair["key"].as_str().unwrap());
    let query = serde_json::json!({"key": key, "message": MESSAGE});
    let query: DigestQuery = read(query.to_string().as_bytes()).unwrap();
    let e = query.answer().unwrap().e;
    let signed = peer(&["sign_e_with", private, key, &e]).unwrap();
    let raw = signed["raw"].as_str().unwrap();
    for (message, holds) in [(MESSAGE, true), ("意识形态工作责任状", false)] {
        let said = peer(&["verify", key, raw, &hex(message.as_bytes())]).unwrap();
        assert_eq!(said["holds"].as_bool(), Some(holds), "{message}");
    }
}
