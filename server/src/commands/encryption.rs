//! Backups that only whoever has the key can read: the format of age (<https://age-encryption.org>), so
//! that its own programs read them as well.

use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use age::secrecy::zeroize::Zeroizing;
use age::stream::StreamWriter;
use age::x25519;
use data::domain::Message;

use super::failure::Failure;

/// How an encrypted file begins.
const MARK: &[u8] = b"age-encryption.org/v1\n";

/// Whoever can read a backup: the public half of a key.
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

impl std::fmt::Debug for Recipient {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// Reads a recipient as `age-keygen` prints it.
pub fn recipient(typed: &str) -> Result<Recipient, String> {
    if typed.starts_with("AGE-SECRET-KEY-") {
        return Err(
            "this is the secret half of a key: it belongs in no command line, and whoever \
                    has seen it can read your backups. Give the public half, which begins with age1"
                .to_owned(),
        );
    }
    let parsed = typed.trim().parse();
    parsed
        .map(Recipient)
        .map_err(|why| format!("a recipient begins with age1, as age-keygen prints it: {why}"))
}

/// What is written to: encrypted if there is anybody to encrypt to.
pub enum Output<W: Write> {
    /// As it is.
    Plain(W),
    /// Encrypted.
    Encrypted(StreamWriter<W>),
}

impl<W: Write> Output<W> {
    /// Begins to write.
    pub fn begin(out: W, to: &[Recipient]) -> io::Result<Self> {
        if to.is_empty() {
            return Ok(Self::Plain(out));
        }
        let recipients = to
            .iter()
            .map(|recipient| &recipient.0 as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
        Ok(Self::Encrypted(encryptor.wrap_output(out)?))
    }

    /// Writes what is still to be written.
    pub fn finish(self) -> io::Result<W> {
        let mut out = match self {
            Self::Plain(out) => out,
            Self::Encrypted(out) => out.finish()?,
        };
        out.flush()?;
        Ok(out)
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Encrypted(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Encrypted(out) => out.flush(),
        }
    }
}

/// Whether a file begins as an encrypted one does, and the whole of it again. A pipe may give only a
/// few bytes at first.
pub fn is_encrypted<R: Read>(mut from: R) -> io::Result<(bool, impl Read + use<R>)> {
    let mut begin = Vec::with_capacity(MARK.len());
    (&mut from)
        .take(MARK.len() as u64)
        .read_to_end(&mut begin)?;
    let is_encrypted = begin == MARK;
    Ok((is_encrypted, io::Cursor::new(begin).chain(from)))
}

/// Opens a backup for reading, decrypted by the keys of these files if it is encrypted.
pub fn open(
    from: impl Read + Send + 'static,
    identities: &[PathBuf],
) -> Result<Box<dyn Read + Send>, Failure> {
    let unreadable = Failure::while_doing::<io::Error>("the backup cannot be read");
    let (is_encrypted, from) = is_encrypted(from).map_err(unreadable)?;
    let from = BufReader::with_capacity(64 * 1024, from);
    if !is_encrypted {
        return Ok(Box::new(from));
    }
    if identities.is_empty() {
        return Err(Failure::of_message(&Message::new(
            "restore-identity-needed",
        )));
    }
    let mut keys = Vec::new();
    for file in identities {
        keys.extend(keys_in(file)?);
    }
    let decryptor = age::Decryptor::new_buffered(from).map_err(|error| undecryptable(&error))?;
    let keys = keys.iter().map(|key| key as &dyn age::Identity);
    let opened = decryptor
        .decrypt(keys)
        .map_err(|error| undecryptable(&error))?;
    Ok(Box::new(opened))
}

fn undecryptable(error: &age::DecryptError) -> Failure {
    Failure::of_message(&match error {
        age::DecryptError::NoMatchingKeys => Message::new("restore-identity-wrong"),
        _ => Message::new("backup-garbled"),
    })
}

/// The keys of a file as `age-keygen` writes it: one a line, and comments.
fn keys_in(file: &Path) -> Result<Vec<x25519::Identity>, Failure> {
    let doing = format!("cannot read {}", file.display());
    let text = std::fs::read_to_string(file).map(Zeroizing::new);
    let text = text.map_err(Failure::while_doing(doing))?;
    let lines = text.lines().map(str::trim);
    let keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    // What is in the line is told nobody: it may be a mistyped key.
    let refused = |_| {
        Failure::of_message(&Message::new("restore-identity-unread").with("file", file.display()))
    };
    keys.map(|key| key.parse().map_err(refused)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::secrecy::ExposeSecret as _;
    use app::Locale;

    fn encrypted(content: &[u8], to: &[Recipient]) -> Vec<u8> {
        let mut out = Output::begin(Vec::new(), to).unwrap();
        out.write_all(content).unwrap();
        out.finish().unwrap()
    }

    fn opened(bytes: &[u8], identities: &[PathBuf]) -> Result<Vec<u8>, String> {
        let mut content = Vec::new();
        let opened = || open(io::Cursor::new(bytes.to_vec()), identities);
        let mut from = Locale::ENGLISH
            .enter(opened)
            .map_err(|why| why.to_string())?;
        from.read_to_end(&mut content)
            .map_err(|error| error.to_string())?;
        Ok(content)
    }

    #[test]
    fn every_recipient_reads_it_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let keys = [0, 1, 2].map(|number| {
            let key = x25519::Identity::generate();
            let file = folder.path().join(number.to_string());
            let text = format!("# a comment\n\n{}\n", key.to_string().expose_secret());
            std::fs::write(&file, text).unwrap();
            (recipient(&key.to_public().to_string()).unwrap(), file)
        });
        let content = vec![b'x'; 200_000];
        let both = encrypted(&content, &[keys[0].0.clone(), keys[1].0.clone()]);
        assert!(!both.windows(20).any(|part| part == &content[..20]));
        for (_, file) in &keys[..2] {
            assert!(opened(&both, std::slice::from_ref(file)).unwrap() == content);
        }
        let stranger = std::slice::from_ref(&keys[2].1);
        assert!(opened(&both, stranger).unwrap_err().contains("another key"));
        assert!(opened(&both, &[]).unwrap_err().contains("--identity"));
        // Cut off at the end of a chunk, or altered.
        let first = std::slice::from_ref(&keys[0].1);
        assert!(opened(&both[..both.len() - 3_500], first).is_err());
        let mut altered = both.clone();
        altered[both.len() - 10] ^= 1;
        assert!(opened(&altered, first).is_err());
        // What is not encrypted is read as it is.
        assert_eq!(opened(b"plain", &[]).unwrap(), b"plain");
    }

    #[test]
    fn a_secret_key_is_no_recipient_and_is_not_repeated() {
        let key = x25519::Identity::generate().to_string();
        let in_english = |typed| Locale::ENGLISH.enter(|| recipient(typed));
        let refused = in_english(key.expose_secret()).unwrap_err();
        assert!(!refused.contains(key.expose_secret()));
        assert!(in_english("age1nonsense").is_err());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        let mistyped = key.expose_secret().to_lowercase().replace("age", "egg");
        std::fs::write(&file, &mistyped).unwrap();
        let refused = Locale::ENGLISH.enter(|| keys_in(&file));
        let refused = refused.err().unwrap().to_string();
        assert!(!refused.contains(&mistyped), "{refused}");
    }
}
