//! The inputs that fuzzing starts from, and those that it once failed on, read again.
#![allow(clippy::unwrap_used)]

#[path = "../fuzz/src/readers.rs"]
mod readers;

use std::fs;
use std::path::Path;

#[test]
fn every_input_of_the_corpus_is_read_or_refused() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for reader in readers::ALL {
        let inputs = fs::read_dir(corpus.join(reader.name)).unwrap();
        let mut read = 0;
        for input in inputs {
            readers::feed(reader, &fs::read(input.unwrap().path()).unwrap());
            read += 1;
        }
        assert!(read > 0, "{} has no corpus", reader.name);
        assert_eq!(readers::named(reader.name).unwrap().name, reader.name);
    }
}

/// Seeds that are refused would never get past the headings.
#[test]
fn tables_of_the_corpus_are_read_as_what_is_guessed() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/mapped");
    for input in fs::read_dir(corpus).unwrap() {
        let path = input.unwrap().path();
        let taken = readers::feed_guessed(&fs::read(&path).unwrap());
        assert!(taken > 0, "{} holds nothing that is taken", path.display());
    }
}
