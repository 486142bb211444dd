//! A signer's public key and user id.

use super::{Unfit, bytes};

/// The id that most products take for every signer (GM/T 0009).
const USUAL: &str = "1234567812345678";

/// A signer's user id (可辨别标识).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserId {
    text: String,
    bits: u16,
}

impl UserId {
    /// The id that is taken when none is told: 1234567812345678.
    pub fn usual() -> Self {
        UserId {
            text: USUAL.to_owned(),
            bits: 128,
        }
    }

    /// An id of up to 8,191 bytes.
    ///
    /// # Errors
    /// `letter.user_id_too_long` for a longer one.
    pub fn new(text: &str) -> Result<Self, Unfit> {
        let bits = u16::try_from(text.len()).ok().and_then(|length| length.checked_mul(8));
        bits.map(|bits| UserId {
            text: text.to_owned(),
            bits,
        })
        .ok_or_else(|| Unfit {
            code: "letter.user_id_too_long",
            zh: "SM2 用户标识不能超过 8191 字节".to_owned(),
            en: "an SM2 user id has at most 8191 bytes".to_owned(),
        })
    }

    /// The id that is told, or the usual one.
    ///
    /// # Errors
    /// As [`UserId::new`].
    pub fn told(text: Option<&str>) -> Result<Self, Unfit> {
        text.map_or_else(|| Ok(UserId::usual()), UserId::new)
    }

    /// Its words.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    pub(super) fn bits(&self) -> u16 {
        self.bits
    }
}

/// A point of the curve as a public key. Whether it lies on the curve, a verification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 64]);

/// What stands before the point in the SPKI form of an SM2 key: SEQUENCE, the algorithm id-ecPublicKey with the curve
/// 1.2.156.10197.1.301, and the BIT STRING's head with the byte 04.
const SPKI: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf,
    0x55, 0x01, 0x82, 0x2d, 0x03, 0x42, 0x00, 0x04,
];

impl PublicKey {
    /// Reads a key: x and y in hexadecimal digits, with 04 before them or without; or SPKI as PEM (`PUBLIC KEY`), base64 or
    /// hexadecimal digits.
    ///
    /// # Errors
    /// `letter.not_a_key` for anything else; a compressed point and a key of another curve are such.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let text = text.trim();
        let bytes = bytes::unpem(text, "PUBLIC KEY")
            .or_else(|| bytes::unhex(text))
            .or_else(|| bytes::unbase64(text));
        bytes.and_then(|bytes| Self::of(&bytes)).ok_or_else(|| Unfit {
            code: "letter.not_a_key",
            zh: "不是 SM2 公钥：应为 x‖y 或 04‖x‖y 的十六进制，或 SPKI 格式（PEM、base64、十六进制）".to_owned(),
            en: "no SM2 public key: x‖y or 04‖x‖y in hexadecimal, or SPKI as PEM, base64 or hexadecimal".to_owned(),
        })
    }

    /// Takes the bytes of a key: 64, 65 with 04, or SPKI.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let point = match bytes {
            [4, point @ ..] if point.len() == 64 => point,
            point if point.len() == 64 => point,
            spki => spki.strip_prefix(&SPKI)?,
        };
        point.try_into().ok().map(PublicKey)
    }

    /// x and y in 64 bytes.
    pub fn coordinates(&self) -> &[u8; 64] {
        &self.0
    }
}
