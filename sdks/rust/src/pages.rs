use crate::client::Client;
use crate::error::{Error, Result};
use crate::transport::Call;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Deserialize)]
pub struct Page<T> {
    pub data: Vec<T>,
    #[serde(default = "Option::default")]
    pub next_cursor: Option<String>,
}

/// Iterates over all items of a listing and loads pages as needed.
pub struct Pages<T> {
    client: Client,
    path: String,
    query: Map<String, Value>,
    items: std::vec::IntoIter<T>,
    cursor: Option<String>,
    is_last: bool,
}

impl<T: DeserializeOwned> Pages<T> {
    pub(crate) fn new(client: &Client, path: impl Into<String>, query: Map<String, Value>) -> Self {
        Pages { client: client.clone(), path: path.into(), query, items: Vec::new().into_iter(), cursor: None, is_last: false }
    }

    /// Reads one page, if you keep cursors yourself.
    pub fn page(&self, cursor: Option<&str>) -> Result<Page<T>> {
        let mut call = Call { query: self.query.clone(), ..Call::get(&self.path) };
        if let Some(cursor) = cursor {
            call.query.insert("cursor".into(), cursor.into());
        }
        self.client.0.json(call)
    }
}

impl<T: DeserializeOwned> Iterator for Pages<T> {
    type Item = Result<T>;

    /// An error ends the iteration.
    fn next(&mut self) -> Option<Result<T>> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(Ok(item));
            }
            if self.is_last {
                return None;
            }
            match self.page(self.cursor.as_deref()) {
                Ok(page) => {
                    self.is_last = page.next_cursor.is_none();
                    self.cursor = page.next_cursor;
                    self.items = page.data.into_iter();
                }
                Err(error) => {
                    self.is_last = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// The total time to wait, and the delay before the second poll, which grows by half each time, up to 5 seconds.
#[derive(Debug, Clone, Copy)]
pub struct Wait {
    pub timeout: Option<Duration>,
    pub interval: Duration,
}

impl Default for Wait {
    fn default() -> Self {
        Wait { timeout: None, interval: Duration::from_millis(500) }
    }
}

const POLL_MAX: Duration = Duration::from_secs(5);

/// Polls until the condition holds.
pub(crate) fn poll<T>(wait: Wait, mut look: impl FnMut() -> Result<T>, is_done: impl Fn(&T) -> bool) -> Result<T> {
    let ends_at = wait.timeout.map(|timeout| Instant::now() + timeout);
    let mut pause = wait.interval;
    loop {
        let found = look()?;
        if is_done(&found) {
            return Ok(found);
        }
        if ends_at.is_some_and(|at| Instant::now() + pause >= at) {
            return Err(Error::Timeout(format!("not done within {:?}", wait.timeout.unwrap_or_default())));
        }
        std::thread::sleep(pause);
        pause = pause.mul_f64(1.5).min(POLL_MAX.max(wait.interval));
    }
}
