//! libFuzzer over one reader: the variable `READER` says which.
#![no_main]

mod readers;

use std::sync::LazyLock;

static READER: LazyLock<readers::Reader> = LazyLock::new(|| {
    let name = std::env::var("READER").unwrap_or_default();
    readers::named(&name).unwrap_or_else(|| {
        let known: Vec<_> = readers::ALL.iter().map(|reader| reader.name).collect();
        panic!("READER is one of {}", known.join(", "))
    })
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readers::feed(&READER, bytes);
});
