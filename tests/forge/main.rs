//! GitHub's side: every method of the trait against a double of GitHub that answers over HTTP from a
//! real repository, held to GitHub's own description of its API (README.md beside this file).

#[path = "../world/mod.rs"]
mod world;

mod actions;
mod app;
mod contract;
mod events;
mod git;
mod graphql;
mod key;
mod pace;
mod patience;
mod property;
mod protection;
mod question;
mod reads;
mod routes;
mod running;
#[expect(dead_code, reason = "the tests of reviews use the rest")]
mod server;
mod state;
mod writes;
