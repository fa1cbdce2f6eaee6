//! The client for Email Verifier's API, which tells whether a mailbox exists without sending mail.
//!
//! ```no_run
//! # fn main() -> email_verifier::Result<()> {
//! let client = email_verifier::Client::from_env()?;
//! let answer = client.verify("jane@example.com", &Default::default())?;
//! println!("{:?} {:?}", answer.status, answer.reason);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod client;
mod error;
mod keys;
mod lists;
mod models;
mod pages;
mod transport;
mod upload;
mod webhooks;

pub use client::*;
pub use error::{ApiError, ApiErrorKind, Error, ListError, Result};
pub use keys::*;
pub use lists::*;
pub use models::*;
pub use pages::{Page, Pages, Wait};
pub use upload::{File, UploadProgress};
pub use webhooks::*;
