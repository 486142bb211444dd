//! The C ABI of `include/zeren.h`: one file a C type, ten lines an entry point.
//!
//! What binds every entry point is written once: [`guard`] (panics and errors), [`handle`] (opaque pointers with a type
//! tag), [`argument`] (text in, outputs). The rules for callers stand at the top of the header, so no function repeats
//! them as a Rust "Safety" section. To add a function: write it in the file of its type, bless the header
//! (`ZEREN_BLESS=1 cargo test --features capi --test header`), and add its prototype to the bindings.

#[cfg(panic = "abort")]
compile_error!("the feature `capi` needs `panic = \"unwind\"`: a panic must become a status, not the end of the host");

mod archive;
mod argument;
mod columns;
mod compiled;
mod error;
mod evidence;
mod filled;
#[cfg(zeren_forced_panic)]
mod forced;
mod guard;
mod handle;
mod ledger;
mod library;
mod paper;
mod progress;
mod scheme;
mod scored;
mod set;
mod settled;
mod status;
mod store;
mod system;
mod table;
mod text;
mod wants;
mod year;
