//! The time that this thread has computed.

use std::sync::OnceLock;
use std::time::Instant;

/// Seconds of computing so far. Other work on the machine does not count where the system tells them apart (Linux);
/// elsewhere this is the time that passes.
pub fn computed() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(passed, |nanoseconds| nanoseconds / 1e9)
}

fn passed() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}
