//! The checksum of ZIP archives.

/// The CRC-32 of ISO 3309, as ZIP uses it.
pub(super) fn crc_32(bytes: &[u8]) -> u32 {
    let mut table = [0_u32; 256];
    for (byte, entry) in (0_u32..).zip(table.iter_mut()) {
        *entry = (0..8).fold(byte, |rest, _| {
            (rest >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(rest & 1))
        });
    }
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| {
        let [low, ..] = crc.to_le_bytes();
        let entry = table.get(usize::from(low ^ byte)).copied().unwrap_or(0);
        (crc >> 8) ^ entry
    });
    !crc
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_known_answer() {
        assert_eq!(super::crc_32(b"123456789"), 0xcbf4_3926);
        assert_eq!(super::crc_32(b""), 0);
    }
}
