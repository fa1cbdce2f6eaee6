use email_verifier::unwrap_webhook;
use std::{collections::HashMap, env, io::Read};

fn main() -> email_verifier::Result<()> {
    // Read as in CGI. In a web framework, use the raw body and the headers of the request.
    let mut body = Vec::new();
    std::io::stdin().read_to_end(&mut body)?;
    let headers: HashMap<String, String> = env::vars()
        .filter_map(|(name, value)| Some((name.strip_prefix("HTTP_")?.to_lowercase().replace('_', "-"), value)))
        .collect();
    let secret = env::var("WEBHOOK_SECRET").unwrap_or_default();

    let event = unwrap_webhook(&body, |name| headers.get(name).map(String::as_str), &[&secret])?;
    println!("{} {:?}", event.event, event.data.get("list_id"));
    Ok(())
}
