//! Says how many bytes its own panic's message has, so that its standard library, and its unwinding, are really in use.

/// # Safety
/// None: it takes and gives a number.
#[unsafe(no_mangle)]
pub extern "C" fn other_panics(number: usize) -> usize {
    std::panic::set_hook(Box::new(|_| {}));
    let caught = std::panic::catch_unwind(|| {
        assert!(number == 0, "panic of the other library: {number}");
    });
    match caught {
        Ok(()) => 0,
        Err(message) => message.downcast_ref::<String>().map_or(1, String::len),
    }
}
