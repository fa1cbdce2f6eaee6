use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::lists::Lists;
use crate::models::{Credits, Domain, EmailList, Feedback, LedgerLine, ListedVerification, ReasonInfo, Status, Usage, Verification};
use crate::pages::{poll, Page, Pages, Wait};
use crate::transport::{given, segment, Call, Transport};
use crate::webhooks::Webhooks;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;

const DEFAULT_BASE_URL: &str = "http://localhost:3000";
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);
const DEFAULT_MAX_RETRIES: u32 = 2;
const VERIFICATION_WAIT: Duration = Duration::from_secs(120);

/// Calls the API. Cheap to clone, and safe to share between threads.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Transport>);

/// Unless given, key and base URL come from `EMAIL_VERIFIER_API_KEY` and `EMAIL_VERIFIER_BASE_URL`.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct ClientBuilder {
    api_key: Option<String>,
    base_url: Option<String>,
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    max_retries: Option<u32>,
}

impl ClientBuilder {
    pub fn api_key(self, key: impl Into<String>) -> Self {
        ClientBuilder { api_key: Some(key.into()), ..self }
    }

    pub fn base_url(self, url: impl Into<String>) -> Self {
        ClientBuilder { base_url: Some(url.into()), ..self }
    }

    /// Time limit of one attempt; for an upload or download, the longest pause without data. The default is a minute.
    pub fn timeout(self, timeout: Duration) -> Self {
        ClientBuilder { timeout: Some(timeout), ..self }
    }

    /// Time limit of a whole call, including retries and waits.
    pub fn total_timeout(self, timeout: Duration) -> Self {
        ClientBuilder { total_timeout: Some(timeout), ..self }
    }

    /// The default is 2.
    pub fn max_retries(self, retries: u32) -> Self {
        ClientBuilder { max_retries: Some(retries), ..self }
    }

    pub fn build(self) -> Result<Client> {
        let env = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let Some(api_key) = self.api_key.or_else(|| env("EMAIL_VERIFIER_API_KEY")) else {
            return Err(Error::Configuration("no API key: give one, or set EMAIL_VERIFIER_API_KEY".into()));
        };
        if api_key.is_empty() || !api_key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Configuration("the API key has characters that no key has".into()));
        }
        let base_url = self.base_url.or_else(|| env("EMAIL_VERIFIER_BASE_URL")).unwrap_or_else(|| DEFAULT_BASE_URL.into());
        let timeout = self.timeout.unwrap_or(DEFAULT_TIMEOUT);
        let agent = ureq::AgentBuilder::new()
            .user_agent(concat!("email-verifier-rust/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(timeout)
            .timeout_read(timeout)
            .timeout_write(timeout)
            .try_proxy_from_env(true)
            .build();
        Ok(Client(Arc::new(Transport {
            api_key,
            base_url: base_url.trim_end_matches('/').to_owned(),
            timeout,
            total_timeout: self.total_timeout,
            max_retries: self.max_retries.unwrap_or(DEFAULT_MAX_RETRIES),
            agent,
        })))
    }
}

/// All fields are optional.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VerifyParams {
    /// How long, in milliseconds, the API may take before it returns a pending verification.
    pub timeout_ms: Option<u32>,
    /// Maximum age, in seconds, of an earlier answer to reuse; 0 asks the mail host again.
    pub max_age_s: Option<u32>,
    pub policy: Option<String>,
    pub metadata: Option<Map<String, Value>>,
    #[serde(skip_serializing)]
    pub idempotency_key: Option<String>,
}

/// One address of a batch: only the address, or with more settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum BatchItem {
    Email(String),
    Item {
        email: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        metadata: Option<Map<String, Value>>,
    },
}

impl From<&str> for BatchItem {
    fn from(email: &str) -> Self {
        BatchItem::Email(email.to_owned())
    }
}

/// All fields are optional.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchParams {
    pub name: Option<String>,
    pub policy: Option<String>,
    pub retention_days: Option<u32>,
    pub metadata: Option<Map<String, Value>>,
    #[serde(skip_serializing)]
    pub idempotency_key: Option<String>,
}

/// Days have the form 2026-11-28; group by `day`, `key`, `status` or `reason`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UsageParams {
    pub from: Option<String>,
    pub to: Option<String>,
    pub group_by: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VerificationFilter {
    /// If set, lists every answer about this address, from single checks and lists.
    pub email: Option<String>,
    pub limit: Option<u32>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LedgerFilter {
    pub kind: Option<String>,
    pub limit: Option<u32>,
}

/// What happened to mail sent to an address: `delivered`, `hard_bounce`, `soft_bounce` or `complaint`. Give `email` or `verification_id`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_id: Option<String>,
    pub outcome: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_code: Option<String>,
}

impl Client {
    pub fn new(api_key: impl Into<String>) -> Result<Client> {
        Client::builder().api_key(api_key).build()
    }

    /// Creates a client with the key from `EMAIL_VERIFIER_API_KEY`.
    pub fn from_env() -> Result<Client> {
        Client::builder().build()
    }

    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    pub fn lists(&self) -> Lists<'_> {
        Lists(self)
    }

    pub fn keys(&self) -> Keys<'_> {
        Keys(self)
    }

    pub fn webhooks(&self) -> Webhooks<'_> {
        Webhooks(self)
    }

    /// Verifies one address. While the status is `Pending`, the check is still running; `wait_for_verification` returns the verdict.
    pub fn verify(&self, email: &str, params: &VerifyParams) -> Result<Verification> {
        let mut json = given(params);
        json.insert("email".into(), email.into());
        self.spend("/v1/verify/single", json.into(), &params.idempotency_key)
    }

    /// Verifies up to 1,000 addresses as a list, which starts at once.
    pub fn verify_batch(&self, emails: &[BatchItem], params: &BatchParams) -> Result<EmailList> {
        let mut json = given(params);
        json.insert("emails".into(), serde_json::json!(emails));
        self.spend("/v1/verify/batch", json.into(), &params.idempotency_key)
    }

    pub fn verification(&self, id: &str) -> Result<Verification> {
        self.0.json(Call::get(format!("/v1/verifications/{}", segment(id))))
    }

    /// All checks, newest first.
    pub fn verifications(&self, filter: &VerificationFilter) -> Pages<ListedVerification> {
        Pages::new(self, "/v1/verifications", given(filter))
    }

    /// Waits until the verdict is final, for two minutes unless `wait` says otherwise. Greylisting takes longer.
    pub fn wait_for_verification(&self, id: &str, wait: Wait) -> Result<Verification> {
        let wait = Wait { timeout: wait.timeout.or(Some(VERIFICATION_WAIT)), ..wait };
        poll(wait, || self.verification(id), |found| found.status != Status::Pending)
    }

    /// The balance and the plan's limits.
    pub fn credits(&self) -> Result<Credits> {
        self.0.json(Call::get("/v1/credits"))
    }

    /// Everything that changed the credits, newest first.
    pub fn ledger(&self, filter: &LedgerFilter) -> Pages<LedgerLine> {
        Pages::new(self, "/v1/credits/ledger", given(filter))
    }

    /// Summarizes the answers in a range of days.
    pub fn usage(&self, params: &UsageParams) -> Result<Usage> {
        self.0.json(Call { query: given(params), ..Call::get("/v1/usage") })
    }

    /// Reports one outcome. Reporting the same outcome again changes nothing.
    pub fn report(&self, outcome: &Outcome) -> Result<Feedback> {
        self.spend("/v1/feedback", serde_json::json!(outcome), &None)
    }

    /// The answers are in the order of the outcomes; one that was not accepted has `error`.
    pub fn report_many(&self, outcomes: &[Outcome]) -> Result<Vec<Feedback>> {
        let page: Page<Feedback> = self.spend("/v1/feedback", serde_json::json!(outcomes), &None)?;
        Ok(page.data)
    }

    /// Looks up what is known about a domain.
    pub fn domain(&self, name: &str) -> Result<Domain> {
        self.0.json(Call::get(format!("/v1/domains/{}", segment(name))))
    }

    /// Every reason with its status, and whether it costs a credit.
    pub fn reasons(&self) -> Result<Vec<ReasonInfo>> {
        let page: Page<ReasonInfo> = self.0.json(Call::get("/v1/reasons"))?;
        Ok(page.data)
    }

    /// The API's own description, OpenAPI 3.1.
    pub fn openapi(&self) -> Result<Map<String, Value>> {
        self.0.json(Call::get("/v1/openapi.json"))
    }

    fn spend<T: serde::de::DeserializeOwned>(&self, path: &str, json: Value, key: &Option<String>) -> Result<T> {
        self.0.json(Call { json: Some(json), spends: true, idempotency_key: key.clone(), ..Call::post(path) })
    }
}
