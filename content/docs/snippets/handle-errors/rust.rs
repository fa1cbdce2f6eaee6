use email_verifier::{ApiErrorKind, Client, Error};

fn main() -> email_verifier::Result<()> {
    let client = Client::from_env()?;
    match client.verify("http-402@example.com", &Default::default()) {
        Err(Error::Api(error)) if error.kind == ApiErrorKind::PaymentRequired => println!("{} {:?}", error.code, error.request_id),
        Err(Error::Api(error)) if error.kind == ApiErrorKind::RateLimit => println!("again in {:?}", error.retry_after),
        other => println!("{:?}", other?.status),
    }
    Ok(())
}
