use crate::models::EmailList;
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, SystemTime};

pub type Result<T> = std::result::Result<T, Error>;

/// The errors of this crate.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The API refused the call.
    Api(Box<ApiError>),
    /// The API could not be reached, or the connection broke.
    Connection(String),
    /// No answer within the time allowed.
    Timeout(String),
    /// The client's settings are invalid.
    Configuration(String),
    /// A webhook that we did not send, that was changed in transit, or that is too old.
    WebhookSignature(String),
    /// A list that did not complete: it failed, was canceled, or is paused.
    List(Box<ListError>),
    /// A file could not be read or written.
    Io(std::io::Error),
}

#[derive(Debug, Clone)]
pub struct ListError {
    /// A code such as `no_email_column`, `out_of_credits` or `cancelled`.
    pub code: String,
    pub message: String,
    pub list: EmailList,
}

/// A refusal by the API. `code` is stable and meant for programs, `message` is for people, and support asks for `request_id`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    pub kind: ApiErrorKind,
    pub status: u16,
    pub code: String,
    pub message: String,
    pub request_id: Option<String>,
    /// How long to wait before retrying.
    pub retry_after: Option<Duration>,
    /// What is wrong with each field.
    pub fields: HashMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// 400, 413, 415, 422.
    InvalidRequest,
    /// 401.
    Authentication,
    /// 402: there are no credits, or the key's budget is used up.
    PaymentRequired,
    /// 403.
    PermissionDenied,
    /// 404.
    NotFound,
    /// 409.
    Conflict,
    /// 429.
    RateLimit,
    /// 500 and above.
    Server,
    /// A response that is not in the API's format, usually from a proxy in between.
    MalformedAnswer,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Problem {
    title: Option<String>,
    detail: Option<String>,
    code: Option<String>,
    request_id: Option<String>,
    errors: Vec<ProblemField>,
}

#[derive(Deserialize)]
struct ProblemField {
    field: String,
    detail: String,
}

impl ApiError {
    /// Builds the error from an unsuccessful response, whose body may be anything.
    pub(crate) fn from_answer(status: u16, request_id: Option<&str>, retry_after: Option<&str>, body: &[u8]) -> Self {
        let problem: Problem = serde_json::from_slice(body).unwrap_or_default();
        ApiError {
            kind: kind_of(status),
            status,
            code: problem.code.unwrap_or_else(|| format!("http_{status}")),
            message: problem.detail.or(problem.title).unwrap_or_else(|| format!("The API answered {status}.")),
            request_id: problem.request_id.or_else(|| request_id.map(str::to_owned)),
            retry_after: retry_after.and_then(read_retry_after),
            fields: problem.errors.into_iter().map(|item| (item.field, item.detail)).collect(),
        }
    }

    pub(crate) fn malformed(status: u16, request_id: Option<&str>, body: &[u8]) -> Self {
        let text: String = String::from_utf8_lossy(body).chars().take(200).collect();
        ApiError {
            kind: ApiErrorKind::MalformedAnswer,
            code: "malformed_answer".to_owned(),
            message: format!("The answer is not what the API promises: {text}"),
            ..ApiError::from_answer(status, request_id, None, b"")
        }
    }
}

fn kind_of(status: u16) -> ApiErrorKind {
    match status {
        401 => ApiErrorKind::Authentication,
        402 => ApiErrorKind::PaymentRequired,
        403 => ApiErrorKind::PermissionDenied,
        404 => ApiErrorKind::NotFound,
        409 => ApiErrorKind::Conflict,
        429 => ApiErrorKind::RateLimit,
        500.. => ApiErrorKind::Server,
        _ => ApiErrorKind::InvalidRequest,
    }
}

/// Seconds, or a date (RFC 9110 10.2.3).
fn read_retry_after(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(value).ok()?;
    Some(at.duration_since(SystemTime::now()).unwrap_or_default())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Api(error) => error.fmt(f),
            Error::List(error) => f.write_str(&error.message),
            Error::Io(error) => error.fmt(f),
            Error::Connection(text) | Error::Timeout(text) | Error::Configuration(text) | Error::WebhookSignature(text) => {
                f.write_str(text)
            }
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = self.request_id.as_deref().unwrap_or("none");
        write!(f, "{} ({}, status {}, request {request})", self.message, self.code, self.status)
    }
}

impl std::error::Error for Error {}
impl std::error::Error for ApiError {}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Error::Api(Box::new(error))
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::Io(error)
    }
}
