//! Reads one case a line, runs it with the SDK, and writes its result.
use email_verifier::*;
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{json, Value};
use std::io::BufRead;
use std::time::Duration;

type Outcomes = std::result::Result<Value, Error>;

fn into<T: DeserializeOwned>(args: &Value) -> T {
    serde_json::from_value(args.clone()).expect("the arguments have another shape")
}

fn text<'a>(args: &'a Value, name: &str) -> &'a str {
    args[name].as_str().unwrap_or_default()
}

fn millis(args: &Value, name: &str) -> Option<Duration> {
    args[name].as_u64().map(Duration::from_millis)
}

fn plain(value: impl Serialize) -> Outcomes {
    Ok(json!(value))
}

fn collect<T: DeserializeOwned + Serialize>(pages: Pages<T>, args: &Value) -> Outcomes {
    let take = args["take"].as_u64().unwrap_or(u64::MAX) as usize;
    plain(pages.take(take).collect::<Result<Vec<T>>>()?)
}

fn file(args: &Value) -> File<'static> {
    match args["path"].as_str() {
        Some(path) => File::path(path),
        None => File::bytes(text(args, "file_name"), text(args, "text")),
    }
}

fn wait(args: &Value) -> Wait {
    let interval = millis(args, "interval_ms").unwrap_or(Duration::from_millis(500));
    Wait { timeout: millis(args, "timeout_ms"), interval }
}

fn create(client: &Client, args: &Value) -> Outcomes {
    let mut sent = Vec::new();
    let mut total = None;
    let tell = |progress: UploadProgress| {
        sent.push(progress.sent_bytes);
        total = progress.total_bytes;
    };
    let list = client.lists().create(file(args).on_progress(tell), &into(args))?;
    let is_growing = sent.windows(2).all(|pair| pair[0] < pair[1]);
    let mut fields = json!(list);
    fields["upload"] = json!({ "last_sent": sent.last(), "last_total": total, "is_growing": is_growing, "is_often": sent.len() >= 10 });
    Ok(fields)
}

fn verify_list(client: &Client, args: &Value) -> Outcomes {
    let mut told = Vec::new();
    let (list, rows) = client.lists().verify(file(args), &into(args), wait(args), |list| told.push(list.progress.processed))?;
    plain(json!({ "list": list, "told": told, "rows": rows.collect::<Result<Vec<_>>>()? }))
}

fn wait_for_list(client: &Client, args: &Value) -> Outcomes {
    let mut told = Vec::new();
    let tell = |list: &EmailList| told.push(list.progress.processed);
    let (lists, id) = (client.lists(), text(args, "id"));
    let list = if text(args, "until") == "ready" { lists.wait_ready(id, wait(args), tell)? } else { lists.wait(id, wait(args), tell)? };
    let mut fields = json!(list);
    fields["told"] = json!(told);
    Ok(fields)
}

fn unwrap(args: &Value) -> Outcomes {
    let lower: std::collections::HashMap<String, String> = into::<std::collections::HashMap<String, String>>(&args["headers"])
        .into_iter()
        .map(|(name, value)| (name.to_lowercase(), value))
        .collect();
    let secrets: Vec<&str> = match &args["secret"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    plain(unwrap_webhook(text(args, "payload").as_bytes(), |name| lower.get(name).map(String::as_str), &secrets)?)
}

fn lists(op: &str, client: &Client, args: &Value) -> Outcomes {
    let (lists, id) = (client.lists(), text(args, "id"));
    match op {
        "lists.create" => create(client, args),
        "lists.list" => collect(lists.list(&into(args)), args),
        "lists.get" => plain(lists.get(id)?),
        "lists.update" => plain(lists.update(id, &into(args))?),
        "lists.delete" => plain(lists.delete(id)?),
        "lists.start" => plain(lists.start(id, &into(args))?),
        "lists.pause" => plain(lists.pause(id)?),
        "lists.resume" => plain(lists.resume(id, &into(args))?),
        "lists.cancel" => plain(lists.cancel(id)?),
        "lists.retry_unknowns" => plain(lists.retry_unknowns(id, &into(args))?),
        "lists.results" => collect(lists.results(id, &into(args)), args),
        "lists.download" => {
            let mut bytes = Vec::new();
            lists.download(id, &into(args), &mut bytes)?;
            plain(json!({ "text": String::from_utf8_lossy(&bytes) }))
        }
        "lists.wait" => wait_for_list(client, args),
        "lists.verify" => verify_list(client, args),
        _ => panic!("no operation {op}"),
    }
}

fn keys(op: &str, client: &Client, args: &Value) -> Outcomes {
    let (keys, id) = (client.keys(), text(args, "id"));
    match op {
        "keys.create" => plain(keys.create(&into(args))?),
        "keys.list" => plain(keys.list()?),
        "keys.get" => plain(keys.get(id)?),
        "keys.update" => {
            let mut change: serde_json::Map<String, Value> = into(args);
            change.remove("id");
            plain(keys.update(id, change)?)
        }
        "keys.revoke" => plain(keys.revoke(id)?),
        "keys.rotate" => plain(keys.rotate(id, into(&args["old_hours"]))?),
        _ => panic!("no operation {op}"),
    }
}

fn webhooks(op: &str, client: &Client, args: &Value) -> Outcomes {
    let (webhooks, id) = (client.webhooks(), text(args, "id"));
    match op {
        "webhooks.create" => plain(webhooks.create(&into(args))?),
        "webhooks.list" => plain(webhooks.list()?),
        "webhooks.get" => plain(webhooks.get(id)?),
        "webhooks.update" => plain(webhooks.update(id, &into(args))?),
        "webhooks.delete" => plain(webhooks.delete(id)?),
        "webhooks.rotate_secret" => plain(webhooks.rotate_secret(id)?),
        "webhooks.test" => plain(webhooks.test(id, args["event"].as_str())?),
        "webhooks.deliveries" => collect(webhooks.deliveries(id, &into(args)), args),
        "webhooks.replay" => plain(webhooks.replay(id, text(args, "delivery_id"))?),
        "webhooks.unwrap" => unwrap(args),
        _ => panic!("no operation {op}"),
    }
}

fn perform(op: &str, client: &Client, args: &Value) -> Outcomes {
    match op {
        "verify" => plain(client.verify(text(args, "email"), &into(args))?),
        "verify_batch" => plain(client.verify_batch(&into::<Vec<BatchItem>>(&args["emails"]), &into(args))?),
        "verifications.get" => plain(client.verification(text(args, "id"))?),
        "verifications.list" => collect(client.verifications(&into(args)), args),
        "verifications.wait" => plain(client.wait_for_verification(text(args, "id"), wait(args))?),
        "credits.get" => plain(client.credits()?),
        "credits.ledger" => collect(client.ledger(&into(args)), args),
        "usage" => plain(client.usage(&into(args))?),
        "feedback.report" => plain(client.report(&into(args))?),
        "feedback.report_many" => plain(client.report_many(&into::<Vec<Outcome>>(&args["items"]))?),
        "reasons.list" => plain(client.reasons()?),
        "domains.get" => plain(client.domain(text(args, "domain"))?),
        "openapi" => plain(client.openapi()?),
        _ if op.starts_with("lists.") => lists(op, client, args),
        _ if op.starts_with("keys.") => keys(op, client, args),
        _ => webhooks(op, client, args),
    }
}

fn failure(error: &Error) -> Value {
    let told = |kind: &str| json!({ "type": kind, "message": error.to_string() });
    match error {
        Error::Api(api) => json!({
            "type": kind_of(api.kind), "message": api.message, "code": api.code, "status": api.status, "request_id": api.request_id,
            "retry_after_s": api.retry_after.map(|wait| wait.as_secs_f64()), "fields": api.fields,
        }),
        Error::List(list) => json!({ "type": "list", "message": list.message, "code": list.code }),
        Error::Connection(_) => told("connection"),
        Error::Timeout(_) => told("timeout"),
        Error::Configuration(_) => told("configuration"),
        Error::WebhookSignature(_) => told("webhook_signature"),
        _ => told("other"),
    }
}

/// `RateLimit` → `rate_limit`.
fn kind_of(kind: ApiErrorKind) -> String {
    let mut name = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

fn client(options: &Value) -> Result<Client> {
    let mut builder = Client::builder();
    if let Some(key) = options["api_key"].as_str() {
        builder = builder.api_key(key);
    }
    if let Some(url) = options["base_url"].as_str() {
        builder = builder.base_url(url);
    }
    if let Some(timeout) = millis(options, "timeout_ms") {
        builder = builder.timeout(timeout);
    }
    if let Some(timeout) = millis(options, "total_timeout_ms") {
        builder = builder.total_timeout(timeout);
    }
    if let Some(retries) = options["max_retries"].as_u64() {
        builder = builder.max_retries(retries as u32);
    }
    builder.build()
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        let call: Value = serde_json::from_str(&line.expect("a line")).expect("a case");
        let done = client(&call["client"]).and_then(|client| perform(text(&call, "op"), &client, &call["args"]));
        println!("{}", done.map_or_else(|error| json!({ "error": failure(&error) }), |value| json!({ "value": value })));
    }
}
