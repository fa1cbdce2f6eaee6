use email_verifier::{Client, File, Wait};

fn main() -> email_verifier::Result<()> {
    let client = Client::from_env()?;
    let (list, rows) = client.lists().verify(File::path("customers.csv"), &Default::default(), Wait::default(), |found| {
        eprintln!("{} of {}", found.progress.processed, found.progress.total);
    })?;
    for row in rows {
        let row = row?;
        println!("{} {:?} {:?}", row.email, row.status, row.reason);
    }
    println!("{} {:?}", list.id, list.status);
    Ok(())
}
