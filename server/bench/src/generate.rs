//! `bench-generate COUNT DATABASE_URL`: fills an empty database with made-up reviews, through the one
//! way to change anything, so that its history is whole.

use bench::Reviews;
use data::domain::Role;
use data::store::{Actor, NewPassword, Store};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(count), Some(url)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bench-generate COUNT DATABASE_URL".into());
    };
    let store = Store::open(&url).await?;
    let actor = Actor::command_line();
    for (number, whole) in Reviews::of(count.parse()?).enumerate() {
        store.add_whole_review(&actor, &whole).await?;
        if number % 100 == 99 {
            eprintln!("{} reviews", number + 1);
        }
    }
    let password = "a password for measuring only".to_owned();
    store
        .add_account(&actor, "bench", Role::Analyst, NewPassword::Given(password))
        .await?;
    store.close().await?;
    Ok(())
}
