use email_verifier::{Client, VerifyParams};
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> email_verifier::Result<()> {
    let client = Client::from_env()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let params = VerifyParams { idempotency_key: Some(format!("signup-{now}")), ..Default::default() };
    let first = client.verify("mailbox-exists@example.com", &params)?;
    let again = client.verify("mailbox-exists@example.com", &params)?;
    println!("{}", if first.id == again.id { "same answer" } else { "done twice" });
    Ok(())
}
