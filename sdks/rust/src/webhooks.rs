use crate::client::Client;
use crate::error::{Error, Result};
use crate::models::{Delivery, Webhook, WebhookEvent};
use crate::pages::{Page, Pages};
use crate::transport::{given, segment, Call};
use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::Sha256;
use std::time::{SystemTime, UNIX_EPOCH};

/// Webhook endpoints, which receive events.
pub struct Webhooks<'c>(pub(crate) &'c Client);

/// For a change, all fields are optional; `state` (`enabled`, `disabled`) is not for a new endpoint.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WebhookParams {
    pub url: Option<String>,
    pub events: Option<Vec<String>>,
    pub description: Option<String>,
    pub state: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryFilter {
    /// `pending`, `delivered` or `failed`.
    pub state: Option<String>,
    pub limit: Option<u32>,
}

impl Webhooks<'_> {
    /// The response contains the secret, which is shown only once.
    pub fn create(&self, params: &WebhookParams) -> Result<Webhook> {
        self.0 .0.json(Call { json: Some(given(params).into()), ..Call::post("/v1/webhooks") })
    }

    pub fn list(&self) -> Result<Vec<Webhook>> {
        let page: Page<Webhook> = self.0 .0.json(Call::get("/v1/webhooks"))?;
        Ok(page.data)
    }

    pub fn get(&self, id: &str) -> Result<Webhook> {
        self.0 .0.json(Call::get(path(id)))
    }

    pub fn update(&self, id: &str, change: &WebhookParams) -> Result<Webhook> {
        self.0 .0.json(Call { method: "PATCH", json: Some(given(change).into()), ..Call::get(path(id)) })
    }

    pub fn delete(&self, id: &str) -> Result<()> {
        self.0 .0.json::<Map<String, Value>>(Call { method: "DELETE", ..Call::get(path(id)) })?;
        Ok(())
    }

    /// The response contains the new secret, which is shown only once. For a while, the old secret signs as well.
    pub fn rotate_secret(&self, id: &str) -> Result<Webhook> {
        self.0 .0.json(Call::post(path(id) + "/rotate-secret"))
    }

    /// Sends a test event.
    pub fn test(&self, id: &str, event: Option<&str>) -> Result<Delivery> {
        let json = event.map_or_else(|| serde_json::json!({}), |event| serde_json::json!({ "event": event }));
        self.0 .0.json(Call { json: Some(json), ..Call::post(path(id) + "/test") })
    }

    /// All deliveries, newest first.
    pub fn deliveries(&self, id: &str, filter: &DeliveryFilter) -> Pages<Delivery> {
        Pages::new(self.0, path(id) + "/deliveries", given(filter))
    }

    /// Delivers the same event again.
    pub fn replay(&self, id: &str, delivery_id: &str) -> Result<Delivery> {
        self.0 .0.json(Call::post(format!("{}/deliveries/{}/replay", path(id), segment(delivery_id))))
    }
}

fn path(id: &str) -> String {
    format!("/v1/webhooks/{}", segment(id))
}

const TOLERANCE_S: u64 = 5 * 60;

/// Verifies a webhook's signature (Standard Webhooks) and returns its event. Pass the body exactly as received, and a function that finds
/// a header by its lower-case name. Pass several secrets while one is being replaced.
pub fn unwrap_webhook<'h>(payload: &[u8], header: impl Fn(&str) -> Option<&'h str>, secrets: &[&str]) -> Result<WebhookEvent> {
    let refused = |text: &str| Error::WebhookSignature(text.into());
    let find = |name: &str| header(name).filter(|value| !value.is_empty()).ok_or_else(|| refused("a header of the signature is missing"));
    let (id, timestamp, signatures) = (find("webhook-id")?, find("webhook-timestamp")?, find("webhook-signature")?);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    match timestamp.parse::<u64>() {
        Ok(at) if now.abs_diff(at) <= TOLERANCE_S => (),
        _ => return Err(refused("the timestamp is too far from now")),
    }
    let mut given = signatures.split(' ').filter_map(|word| STANDARD.decode(word.strip_prefix("v1,")?).ok());
    let is_ours = given.any(|signature| secrets.iter().any(|secret| is_signed_by(secret, &signature, &[id, ".", timestamp, "."], payload)));
    if !is_ours {
        return Err(refused("no signature is ours"));
    }
    serde_json::from_slice(payload).map_err(|_| refused("the payload is no event"))
}

/// `verify_slice` compares in constant time.
fn is_signed_by(secret: &str, signature: &[u8], head: &[&str], payload: &[u8]) -> bool {
    let Ok(key) = STANDARD.decode(secret.strip_prefix("whsec_").unwrap_or(secret)) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else {
        return false;
    };
    for part in head {
        mac.update(part.as_bytes());
    }
    mac.update(payload);
    mac.verify_slice(signature).is_ok()
}
