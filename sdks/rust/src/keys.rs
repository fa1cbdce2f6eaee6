use crate::client::Client;
use crate::error::Result;
use crate::models::ApiKey;
use crate::pages::Page;
use crate::transport::{given, segment, Call};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The workspace's API keys. Needs a key with the scope `keys:admin`, which cannot create a key with more rights than its own.
pub struct Keys<'c>(pub(crate) &'c Client);

/// A key needs a name and scopes; its limits and everything else are optional.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyParams {
    pub name: String,
    pub scopes: Vec<String>,
    /// `live`, the default, `test` or `pub`.
    pub mode: Option<String>,
    /// ISO 8601.
    pub expires_at: Option<String>,
    /// Credits for each calendar month.
    pub monthly_budget: Option<u64>,
    pub allowed_ips: Option<Vec<String>>,
    pub allowed_origins: Option<Vec<String>>,
}

impl Keys<'_> {
    /// The response contains the secret in `key`, which is shown only once.
    pub fn create(&self, params: &KeyParams) -> Result<ApiKey> {
        self.0 .0.json(Call { json: Some(given(params).into()), ..Call::post("/v1/keys") })
    }

    pub fn list(&self) -> Result<Vec<ApiKey>> {
        let page: Page<ApiKey> = self.0 .0.json(Call::get("/v1/keys"))?;
        Ok(page.data)
    }

    pub fn get(&self, id: &str) -> Result<ApiKey> {
        self.0 .0.json(Call::get(path(id)))
    }

    /// Changes the given fields, by the API's own names; null removes a limit.
    pub fn update(&self, id: &str, change: Map<String, Value>) -> Result<ApiKey> {
        self.0 .0.json(Call { method: "PATCH", json: Some(change.into()), ..Call::get(path(id)) })
    }

    /// Revokes the key permanently.
    pub fn revoke(&self, id: &str) -> Result<ApiKey> {
        self.0 .0.json(Call { method: "DELETE", ..Call::get(path(id)) })
    }

    /// The response contains the new secret in `key`, which is shown only once. The old secret keeps working for `old_hours` hours (default 24).
    pub fn rotate(&self, id: &str, old_hours: Option<u32>) -> Result<ApiKey> {
        let json = old_hours.map_or_else(|| serde_json::json!({}), |hours| serde_json::json!({ "old_hours": hours }));
        self.0 .0.json(Call { json: Some(json), ..Call::post(path(id) + "/rotate") })
    }
}

fn path(id: &str) -> String {
    format!("/v1/keys/{}", segment(id))
}
