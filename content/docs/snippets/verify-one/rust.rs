use email_verifier::Client;

fn main() -> email_verifier::Result<()> {
    let client = Client::from_env()?;
    let answer = client.verify("mailbox-not-found@example.com", &Default::default())?;
    println!("{:?} {:?} {:?}", answer.status, answer.reason, answer.recommendation);
    Ok(())
}
