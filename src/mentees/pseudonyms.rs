//! Names that say nothing of whom they name: the same for the same id and salt, and not to be undone without the salt.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::error::{Error, ErrorKind, Result};

/// The length of a salt, in bytes.
const SALT: usize = 32;
/// How much of a hash makes a name, in bytes: for a million ids, two share a name with a chance of 4 in 10¹³.
const NAME: usize = 10;

/// Gives pseudonyms: the start of an HMAC-SHA-256 ([RFC 2104](https://www.rfc-editor.org/rfc/rfc2104)) of the id under a
/// secret salt, as 20 hexadecimal digits.
#[derive(Clone)]
pub struct Pseudonyms {
    salt: [u8; SALT],
    keyed: Hmac<Sha256>,
}

impl Pseudonyms {
    /// With a salt that was never used before.
    ///
    /// # Errors
    ///
    /// The operating system gives no random bytes.
    pub fn random() -> Result<Self> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(|error| {
            Error::new(ErrorKind::Input, format!("no random bytes for a salt: {error}"))
        })?;
        Self::with_salt(salt)
    }

    /// With a salt as [`Pseudonyms::salt`] gave it; `None` where the text is none.
    pub fn from_salt(text: &str) -> Option<Self> {
        let mut salt = [0; SALT];
        if text.len() != 2 * SALT || !text.is_ascii() {
            return None;
        }
        for (byte, at) in salt.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Self::with_salt(salt).ok()
    }

    fn with_salt(salt: [u8; SALT]) -> Result<Self> {
        let keyed = Hmac::new_from_slice(&salt)
            .map_err(|error| Error::new(ErrorKind::Input, error.to_string()))?;
        Ok(Self { salt, keyed })
    }

    /// The salt, as 64 hexadecimal digits. Who has it can find out whether a name is that of an id.
    pub fn salt(&self) -> String {
        hexadecimal(&self.salt)
    }

    /// The name of `id`.
    pub fn of(&self, id: &str) -> String {
        let mut keyed = self.keyed.clone();
        keyed.update(id.as_bytes());
        hexadecimal(&keyed.finalize().into_bytes()[..NAME])
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl std::fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pseudonyms { .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_salt_gives_the_same_names_and_another_one_others() {
        let first = Pseudonyms::random().unwrap();
        let again = Pseudonyms::from_salt(&first.salt()).unwrap();
        let other = Pseudonyms::random().unwrap();
        assert_eq!(first.of("a1"), again.of("a1"));
        assert_ne!(first.of("a1"), first.of("a2"));
        assert_ne!(first.of("a1"), other.of("a1"));
    }

    #[test]
    fn names_are_the_start_of_the_standard_hash() {
        // Computed apart: printf a1 | openssl dgst -sha256 -mac HMAC -macopt hexkey:00..00
        let zero = Pseudonyms::from_salt(&"0".repeat(64)).unwrap();
        assert_eq!(zero.of("a1"), "f85fdc1766883db5eff7");
    }

    #[test]
    fn what_is_no_salt_is_refused() {
        for text in ["", "00", &"g".repeat(64), &"é".repeat(32), &"0".repeat(63)] {
            assert!(Pseudonyms::from_salt(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_salt_is_not_shown_by_accident() {
        let names = Pseudonyms::from_salt(&"ab".repeat(32)).unwrap();
        assert!(!format!("{names:?}").contains("ab"));
    }
}
