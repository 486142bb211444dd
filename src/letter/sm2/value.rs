//! The value of a signature: two numbers, r and s.

use super::{Unfit, bytes};

/// A signature value of 64 bytes, r before s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureValue([u8; 64]);

impl SignatureValue {
    /// Reads a value in hexadecimal digits or base64: DER (SEQUENCE of two INTEGERs), or r and s in 64 bytes.
    ///
    /// # Errors
    /// `letter.not_a_signature` for anything else. Whether the numbers are in range, only a verification says.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let read = bytes::unhex(text).or_else(|| bytes::unbase64(text));
        read.and_then(|bytes| Self::of(&bytes)).ok_or_else(|| Unfit {
            code: "letter.not_a_signature",
            zh: "不是 SM2 签名值：应为十六进制或 base64，内容为 DER 编码或 64 字节的 r‖s".to_owned(),
            en: "no SM2 signature: hexadecimal or base64 of its DER form, or of r and s in 64 bytes".to_owned(),
        })
    }

    /// Takes the bytes of a value, in either form.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if let Ok(raw) = <[u8; 64]>::try_from(bytes) {
            return Some(SignatureValue(raw));
        }
        let (body, rest) = part(bytes, 0x30)?;
        let (r, after) = part(body, 0x02)?;
        let (s, end) = part(after, 0x02)?;
        if !rest.is_empty() || !end.is_empty() {
            return None;
        }
        let mut value = [0; 64];
        let (left, right) = value.split_at_mut(32);
        number(r, left)?;
        number(s, right)?;
        Some(SignatureValue(value))
    }

    /// r and s in 64 bytes.
    pub fn bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

/// The content of the DER element at the front, and what follows it. A signature is short, so its lengths are one byte.
fn part(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (own, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    if *own != tag || *length >= 0x80 {
        return None;
    }
    rest.split_at_checked(usize::from(*length))
}

/// Writes a positive INTEGER into its 32 bytes; nothing when it has another form in DER, or is longer.
fn number(content: &[u8], place: &mut [u8]) -> Option<()> {
    let digits = match content {
        [0, next, ..] if *next >= 0x80 => content.get(1..)?,
        [first, ..] if *first != 0 && *first < 0x80 => content,
        _ => return None,
    };
    let before = place.len().checked_sub(digits.len())?;
    place.get_mut(before..)?.copy_from_slice(digits);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DER: &str = "3045022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3\
                       022031b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
    const RAW: &str = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3\
                       31b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

    #[test]
    fn both_forms_are_one_value() {
        assert_eq!(SignatureValue::read(DER), SignatureValue::read(RAW));
        assert_eq!(bytes::hex(SignatureValue::read(DER).unwrap().bytes()), RAW);
    }

    #[test]
    fn der_has_one_form() {
        for other in [
            DER.replacen("3045", "3046", 1),
            DER.replacen("3045", "308145", 1),
            DER.replacen("022031", "02210031", 1).replacen("3045", "3046", 1),
            DER.replacen("0221", "0222", 1),
            format!("{DER}00"),
            DER[..DER.len() - 2].to_owned(),
        ] {
            assert!(SignatureValue::read(&other).is_err(), "{other}");
        }
        assert!(SignatureValue::read("3006020100020100").is_err());
    }
}
