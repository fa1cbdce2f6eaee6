use crate::error::{ApiError, ApiErrorKind, Error, Result};
use crate::upload::Upload;
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{Map, Value};
use std::hash::{BuildHasher, Hasher};
use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};

const BACK_OFF_FIRST: Duration = Duration::from_millis(500);
const BACK_OFF_MAX: Duration = Duration::from_secs(8);
/// If the API asks for a longer wait than this, the call fails instead of waiting.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(60);
const CHUNK_BYTES: usize = 64 * 1024;

/// One API call. One that spends credits carries an Idempotency-Key, the same on each attempt, so that a retry is never charged twice; a
/// POST without one is retried only if it was refused before it began.
#[derive(Default)]
pub(crate) struct Call<'a> {
    pub method: &'static str,
    pub path: String,
    pub query: Map<String, Value>,
    pub json: Option<Value>,
    pub upload: Option<Upload<'a>>,
    pub spends: bool,
    pub idempotency_key: Option<String>,
}

impl Call<'_> {
    pub fn get(path: impl Into<String>) -> Self {
        Call { method: "GET", path: path.into(), ..Call::default() }
    }

    pub fn post(path: impl Into<String>) -> Self {
        Call { method: "POST", path: path.into(), ..Call::default() }
    }
}

pub(crate) struct Transport {
    pub api_key: String,
    pub base_url: String,
    pub timeout: Duration,
    pub total_timeout: Option<Duration>,
    pub max_retries: u32,
    pub agent: ureq::Agent,
}

impl Transport {
    pub fn json<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T> {
        self.run(call, |call, timeout| {
            let response = self.send(call, Some(timeout))?;
            let (status, request_id) = (response.status(), header(&response, "x-request-id"));
            let mut body = Vec::new();
            response.into_reader().read_to_end(&mut body).map_err(lost)?;
            let malformed = |_| ApiError::malformed(status, request_id.as_deref(), &body).into();
            serde_json::from_slice(&body).map_err(malformed)
        })
    }

    /// Writes the answer's bytes as they arrive, and returns how many there were.
    pub fn stream(&self, call: Call<'_>, to: &mut dyn Write) -> Result<u64> {
        let response = self.run(call, |call, _| self.send(call, None))?;
        let mut reader = response.into_reader();
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut written = 0;
        loop {
            let size = reader.read(&mut chunk).map_err(lost)?;
            if size == 0 {
                return Ok(written);
            }
            to.write_all(&chunk[..size])?;
            written += size as u64;
        }
    }

    fn run<T>(&self, mut call: Call<'_>, mut once: impl FnMut(&mut Call<'_>, Duration) -> Result<T>) -> Result<T> {
        if call.spends && call.idempotency_key.is_none() {
            call.idempotency_key = Some(random_id());
        }
        let ends_at = self.total_timeout.map(|total| Instant::now() + total);
        for retries in 0.. {
            let left = ends_at.map_or(self.timeout, |at| at.saturating_duration_since(Instant::now()));
            let error = match once(&mut call, self.timeout.min(left).max(Duration::from_millis(1))) {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            match retry_after(&error, retries, &call) {
                Some(wait) if retries < self.max_retries && ends_at.map_or(true, |at| Instant::now() + wait < at) => {
                    std::thread::sleep(wait)
                }
                _ => return Err(error),
            }
        }
        unreachable!("the loop has no end")
    }

    /// Without a timeout, only pauses without data are limited, by the agent.
    fn send(&self, call: &mut Call<'_>, timeout: Option<Duration>) -> Result<ureq::Response> {
        let mut request = self.agent.request(call.method, &format!("{}{}", self.base_url, call.path));
        for (name, value) in &call.query {
            request = request.query(name, &query_text(value));
        }
        request = request.set("authorization", &format!("Bearer {}", self.api_key)).set("accept", "application/json");
        if let Some(key) = &call.idempotency_key {
            request = request.set("idempotency-key", key);
        }
        if let Some(upload) = &mut call.upload {
            request = request.set("content-type", &upload.content_type());
            if let Some(length) = upload.length()? {
                request = request.set("content-length", &length.to_string());
            }
            return request.send(upload.open()?).map_err(refused);
        }
        if let Some(timeout) = timeout {
            request = request.timeout(timeout);
        }
        let sent = match &call.json {
            Some(json) => request.set("content-type", "application/json").send_bytes(json.to_string().as_bytes()),
            None => request.call(),
        };
        sent.map_err(refused)
    }
}

fn refused(error: ureq::Error) -> Error {
    let response = match error {
        ureq::Error::Status(_, response) => response,
        ureq::Error::Transport(transport) => {
            let io = std::error::Error::source(&transport).and_then(|source| source.downcast_ref::<std::io::Error>());
            return match io {
                Some(io) if is_timeout(io.kind()) => Error::Timeout(transport.to_string()),
                _ => Error::Connection(transport.to_string()),
            };
        }
    };
    let (status, request_id) = (response.status(), header(&response, "x-request-id"));
    let retry_after = header(&response, "retry-after");
    let mut body = Vec::new();
    match response.into_reader().read_to_end(&mut body) {
        Ok(_) => ApiError::from_answer(status, request_id.as_deref(), retry_after.as_deref(), &body).into(),
        Err(error) => lost(error),
    }
}

fn lost(error: std::io::Error) -> Error {
    if is_timeout(error.kind()) {
        return Error::Timeout(error.to_string());
    }
    Error::Connection(format!("the connection broke: {error}"))
}

fn is_timeout(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

fn header(response: &ureq::Response, name: &str) -> Option<String> {
    response.header(name).map(str::to_owned)
}

/// Time until the next attempt, or none. Exponential with full jitter, unless the API names a delay.
fn retry_after(error: &Error, retries: u32, call: &Call<'_>) -> Option<Duration> {
    let back_off = BACK_OFF_FIRST.saturating_mul(1 << retries.min(10)).min(BACK_OFF_MAX).mul_f64(random_share());
    let is_repeatable = call.method != "POST" || call.idempotency_key.is_some();
    if !call.upload.as_ref().map_or(true, Upload::can_replay) {
        return None;
    }
    let api = match error {
        Error::Api(api) if api.kind != ApiErrorKind::MalformedAnswer => api,
        Error::Connection(_) | Error::Timeout(_) if is_repeatable => return Some(back_off),
        _ => return None,
    };
    let was_refused_unread = matches!(api.status, 429 | 503);
    // 409: an earlier attempt of this same request is still running.
    let is_passing = was_refused_unread || (is_repeatable && (api.status >= 500 || api.code == "idempotency_in_progress"));
    let wait = api.retry_after.unwrap_or(back_off);
    (is_passing && wait <= RETRY_AFTER_MAX).then_some(wait)
}

/// The fields that are set, by their JSON names.
pub(crate) fn given(params: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(params) {
        Ok(Value::Object(mut fields)) => {
            fields.retain(|_, value| !value.is_null());
            fields
        }
        _ => Map::new(),
    }
}

fn query_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(query_text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Escapes one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    text.bytes().fold(String::new(), |mut path, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
        path
    })
}

/// Uses the standard library's source of randomness: the keys of its hash maps.
fn random() -> u64 {
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

pub(crate) fn random_id() -> String {
    format!("{:016x}{:016x}", random(), random())
}

fn random_share() -> f64 {
    random() as f64 / u64::MAX as f64
}
