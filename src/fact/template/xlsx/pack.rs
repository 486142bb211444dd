//! Writing a ZIP archive: the same parts give the same bytes, since no part carries the time of day.

use miniz_oxide::deflate::compress_to_vec;

/// 1980-01-01, the earliest day that an archive can state.
const DAY: u16 = 0x0021;
/// What is stated of every part: version 2.0, names in UTF-8, deflated, midnight of [`DAY`].
const STATED: [u16; 5] = [20, 0x0800, 8, 0, DAY];
/// How hard to pack: the usual.
const LEVEL: u8 = 6;

/// The archive of these parts. Each is far below 4 GiB: what goes into a table is bounded.
pub(super) fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let packed = compress_to_vec(text.as_bytes(), LEVEL);
        let at = long(bytes.len());
        let mut common = Vec::with_capacity(26);
        common.extend(STATED.iter().flat_map(|number| number.to_le_bytes()));
        common.extend(crc32fast::hash(text.as_bytes()).to_le_bytes());
        common.extend(long(packed.len()));
        common.extend(long(text.len()));
        common.extend(short(name.len()));
        common.extend(short(0));
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
        directory.extend(b"PK\x01\x02");
        directory.extend(short(20));
        directory.extend(&common);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(at);
        directory.extend(name.as_bytes());
    }
    let (at, count) = (long(bytes.len()), short(parts.len()));
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend(long(directory.len()));
    bytes.extend(at);
    bytes.extend(short(0));
    bytes
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

fn long(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}
