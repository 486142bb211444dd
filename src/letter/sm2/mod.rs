//! SM2 signatures with SM3 (GB/T 32918.2): what is hashed for a signer outside, in every build; and, behind the feature
//! `sign`, whether a signature fits. No private key enters the library.
//!
//! ```
//! use zeren::letter::{PublicKey, UserId, signing_digest};
//! let key = PublicKey::read("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
//!                           ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")?;
//! let digest = signing_digest(&key, &UserId::usual(), b"message digest");
//! assert_eq!(digest.e, "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
//! # Ok::<(), zeren::error::Error>(())
//! ```

mod bytes;
#[cfg(feature = "sign")]
mod certificate;
mod chain;
mod key;
mod query;
mod report;
mod value;
#[cfg(feature = "sign")]
mod verify;

pub use key::{PublicKey, UserId};
pub use query::{DigestQuery, Exactly, Revocation, SignatureQuery};
pub use report::SignatureReport;
pub use value::SignatureValue;

use serde::Serialize;
use sm3::{Digest, Sm3};

use crate::error::{Error, ErrorKind, Finding};

/// Why a text is not what it should be; where it stands, the caller knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The code of the finding.
    pub code: &'static str,
    /// What to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Unfit {
    /// The problem as the error of a document, at this place in it.
    pub fn at(self, pointer: &str) -> Error {
        Error::one(
            ErrorKind::Document,
            Finding::error(self.code, pointer, self.zh, self.en),
        )
    }
}

impl From<Unfit> for Error {
    fn from(unfit: Unfit) -> Self {
        unfit.at("")
    }
}

/// What a signer outside signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SigningDigest {
    /// Z, the digest of the user id, the curve and the public key: 64 hexadecimal digits.
    pub z: String,
    /// e = SM3(Z‖M): 64 hexadecimal digits.
    pub e: String,
}

/// a, b and the base point of the recommended curve (GB/T 32918.5), as Z takes them.
const CURVE: [[u64; 4]; 4] = [
    [
        0xffff_fffe_ffff_ffff,
        0xffff_ffff_ffff_ffff,
        0xffff_ffff_0000_0000,
        0xffff_ffff_ffff_fffc,
    ],
    [
        0x28e9_fa9e_9d9f_5e34,
        0x4d5a_9e4b_cf65_09a7,
        0xf397_89f5_15ab_8f92,
        0xddbc_bd41_4d94_0e93,
    ],
    [
        0x32c4_ae2c_1f19_8119,
        0x5f99_0446_6a39_c994,
        0x8fe3_0bbf_f266_0be1,
        0x715a_4589_334c_74c7,
    ],
    [
        0xbc37_36a2_f4f6_779c,
        0x59bd_cee3_6b69_2153,
        0xd0a9_877c_c62a_4740,
        0x02df_32e5_2139_f0a0,
    ],
];

/// Z and e of a message for a key and a user id (GB/T 32918.2, 5.5 and 6.1).
pub fn signing_digest(key: &PublicKey, user_id: &UserId, message: &[u8]) -> SigningDigest {
    let z = z(key, user_id);
    let e = Sm3::new().chain_update(z).chain_update(message).finalize();
    SigningDigest {
        z: bytes::hex(&z),
        e: bytes::hex(&e),
    }
}

fn z(key: &PublicKey, user_id: &UserId) -> [u8; 32] {
    let mut hash = Sm3::new();
    hash.update(user_id.bits().to_be_bytes());
    hash.update(user_id.bytes());
    for word in CURVE.iter().flatten() {
        hash.update(word.to_be_bytes());
    }
    hash.update(key.coordinates());
    hash.finalize().into()
}
