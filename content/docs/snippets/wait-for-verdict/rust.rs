use email_verifier::{Client, Status, VerifyParams, Wait};

fn main() -> email_verifier::Result<()> {
    let client = Client::from_env()?;
    let params = VerifyParams { timeout_ms: Some(500), ..Default::default() };
    let mut answer = client.verify("pending-then-deliverable@example.com", &params)?;
    println!("{:?}", answer.status);
    if answer.status == Status::Pending {
        answer = client.wait_for_verification(&answer.id, Wait::default())?;
    }
    println!("{:?} {:?}", answer.status, answer.reason);
    Ok(())
}
