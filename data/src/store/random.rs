//! Tokens that nobody can guess.

use crate::store::Error;

/// 256 random bits in hexadecimal.
pub(crate) fn token() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::System(error.to_string()))?;
    Ok(hex::encode(bytes))
}
