//! What the library says of itself: how it was built, and whether it still computes what is known.

mod self_test;

use serde::Serialize;

pub use self_test::self_test;

/// How the library was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BuildInfo {
    /// Its version.
    pub version: &'static str,
    /// The editions of the scheme language that it scores by.
    pub editions: &'static [&'static str],
    /// The optional parts that are in.
    pub features: Vec<&'static str>,
    /// The processor, as Rust names it: `x86_64`, `aarch64`, `loongarch64`.
    pub arch: &'static str,
    /// The operating system: `linux`, `windows`.
    pub os: &'static str,
    /// Whether it was built with the checks of a debug build, which is slow.
    pub debug: bool,
}

/// How the library was built.
///
/// ```
/// let info = zeren::library::build_info();
/// assert_eq!(info.editions, ["1"]);
/// ```
#[must_use]
pub fn build_info() -> BuildInfo {
    // tests/abi compares the names with Cargo.toml.
    let features = [
        ("capi", cfg!(feature = "capi")),
        ("cli", cfg!(feature = "cli")),
        ("package", cfg!(feature = "package")),
        ("store", cfg!(feature = "store")),
        ("xlsx", cfg!(feature = "xlsx")),
        ("sign", cfg!(feature = "sign")),
    ];
    BuildInfo {
        version: env!("CARGO_PKG_VERSION"),
        editions: crate::scheme::EDITIONS,
        features: features
            .iter()
            .filter(|(_, is_in)| *is_in)
            .map(|(name, _)| *name)
            .collect(),
        arch: std::env::consts::ARCH,
        os: std::env::consts::OS,
        debug: cfg!(debug_assertions),
    }
}
