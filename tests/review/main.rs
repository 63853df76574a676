//! Pull requests from end to end: real Git, recorded answers of a forge, the command line.

#[path = "../world/untouched.rs"]
mod untouched;
#[path = "../world/mod.rs"]
mod world;

#[path = "../forge/actions.rs"]
#[expect(dead_code, reason = "the tests of the forge use the rest")]
mod actions;
#[cfg(target_os = "linux")]
#[path = "../forge/certificate.rs"]
mod certificate;
#[path = "../forge/contract.rs"]
mod contract;
#[path = "../forge/git.rs"]
mod git;
#[path = "../forge/graphql.rs"]
mod graphql;
#[path = "../forge/key.rs"]
mod key;
#[path = "../forge/pace.rs"]
mod pace;
#[cfg(target_os = "linux")]
#[path = "../forge/proxy.rs"]
mod proxy;
#[path = "../forge/question.rs"]
mod question;
#[path = "../forge/routes.rs"]
mod routes;
#[path = "../forge/server.rs"]
#[expect(dead_code, reason = "the tests of the forge use the rest")]
mod server;
#[path = "../forge/state.rs"]
#[expect(dead_code, reason = "the tests of the forge use the rest")]
mod state;

mod against;
mod app;
mod budget;
mod coming;
mod edges;
mod events;
mod faults;
mod host;
mod hostile;
mod job;
mod live;
mod look;
mod queue;
mod reads;
mod receipts;
mod rendered;
mod site;
mod story;
mod threats;
#[cfg(target_os = "linux")]
mod through;
