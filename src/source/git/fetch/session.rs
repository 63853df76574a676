//! A conversation with a forge, in Git's protocol, version 2.
//!
//! <https://git-scm.com/docs/protocol-v2>. Three questions at most: what do you speak; where do these
//! references stand; send what these commits have and those have not. The pack is not kept in memory.

use std::io::{Read, Write};

use super::http::Line;
use super::packet::{Packet, request};
use super::{FetchError, Want};
use crate::source::git::ObjectId;

/// How we call ourselves.
pub(super) const AGENT: &str = concat!("plangate/", env!("CARGO_PKG_VERSION"));
/// How objects are named.
const FORMAT: &str = "object-format=sha1";
/// The longest reason of a forge that is shown.
const MAX_SAID: usize = 300;

/// Opens the conversation: what answers must speak version 2 and name objects by SHA-1.
pub(super) fn open(line: &mut Line<'_>) -> Result<(), FetchError> {
    let mut answer = line.greet()?;
    let mut speaks = false;
    let mut flushes = 0;
    // A header of the older protocol, ended by a flush, may stand before what is asked for.
    while flushes < 2 && !(speaks && flushes > 0) {
        let packet = Packet::read(&mut answer).map_err(|error| line.broken(error))?;
        match packet.line() {
            Some("version 2") => {
                speaks = true;
                flushes = 0;
            }
            Some(format) if format.starts_with("object-format=") && !format.ends_with("=sha1") => {
                speaks = false;
                break;
            }
            _ if packet == Packet::Flush => flushes += 1,
            _ => refused(line, &packet)?,
        }
    }
    if speaks {
        Ok(())
    } else {
        Err(FetchError::Protocol { host: line.host() })
    }
}

/// The commits that are wanted, each by its id.
pub(super) fn resolve(line: &Line<'_>, wants: &[Want]) -> Result<Vec<git2::Oid>, FetchError> {
    let by_name = wants.iter().filter(|want| want.commit.is_none());
    let prefixes: Vec<String> = by_name
        .map(|want| format!("ref-prefix {}", want.reference))
        .collect();
    let told = if prefixes.is_empty() {
        Vec::new()
    } else {
        references(line, &prefixes)?
    };
    let resolved = wants.iter().map(|want| {
        let named = told.iter().find(|(_, name)| *name == want.reference);
        let id = want.commit.map(ObjectId::raw);
        id.or(named.map(|(id, _)| *id))
            .ok_or_else(|| FetchError::NoReference {
                name: want.reference.clone(),
            })
    });
    resolved.collect()
}

fn references(
    line: &Line<'_>,
    prefixes: &[String],
) -> Result<Vec<(git2::Oid, String)>, FetchError> {
    let question = request("ls-refs", &[&agent(), FORMAT], prefixes);
    let mut answer = line.ask(question, line.limits.answer)?;
    let mut told = Vec::new();
    loop {
        let packet = Packet::read(&mut answer).map_err(|error| line.broken(error))?;
        if packet == Packet::Flush {
            return Ok(told);
        }
        refused(line, &packet)?;
        let pair = packet.line().and_then(|line| line.split_once(' '));
        let pair = pair.and_then(|(id, name)| Some((git2::Oid::from_str(id).ok()?, name)));
        let (id, name) = pair.ok_or_else(|| FetchError::Protocol { host: line.host() })?;
        told.push((id, name.to_owned()));
    }
}

/// Asks for commits with all that they reach and `haves` do not, and writes the pack as it comes.
pub(super) fn pack(
    line: &Line<'_>,
    wants: &[git2::Oid],
    haves: &[git2::Oid],
    out: &mut dyn Write,
) -> Result<(), FetchError> {
    let mut arguments = vec!["ofs-delta".to_owned(), "no-progress".to_owned()];
    arguments.extend(wants.iter().map(|id| format!("want {id}")));
    arguments.extend(haves.iter().map(|id| format!("have {id}")));
    arguments.push("done".to_owned());
    let question = request("fetch", &[&agent(), FORMAT], &arguments);
    let mut answer = line.ask(question, line.limits.pack)?;
    // With `done` in the question no other part comes before the pack.
    let packet = Packet::read(&mut answer).map_err(|error| line.broken(error))?;
    refused(line, &packet)?;
    if packet.line() != Some("packfile") {
        return Err(FetchError::Protocol { host: line.host() });
    }
    copy(line, &mut answer, out)
}

/// The pack comes on the first of three bands, the second is for progress, the third for the end
/// that it comes to when something is wrong.
fn copy(line: &Line<'_>, answer: &mut impl Read, out: &mut dyn Write) -> Result<(), FetchError> {
    let protocol = || FetchError::Protocol { host: line.host() };
    loop {
        match Packet::read(answer).map_err(|error| line.broken(error))? {
            Packet::Flush | Packet::End => return Ok(()),
            Packet::Delimiter => return Err(protocol()),
            Packet::Content(content) => match content.split_first() {
                Some((1, pack)) => out.write_all(pack).map_err(|_| protocol())?,
                Some((2, _)) => {}
                Some((3, said)) => return Err(said_no(line, said)),
                _ => return Err(protocol()),
            },
        }
    }
}

fn agent() -> String {
    format!("agent={AGENT}")
}

/// A packet `ERR` gives the reason of a refusal.
fn refused(line: &Line<'_>, packet: &Packet) -> Result<(), FetchError> {
    match packet {
        Packet::Content(content) => match content.strip_prefix(b"ERR ") {
            Some(said) => Err(said_no(line, said)),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// What a stranger says goes to a terminal: no control character of it does.
fn said_no(line: &Line<'_>, said: &[u8]) -> FetchError {
    let said = String::from_utf8_lossy(said);
    let shown = said.trim().chars().filter(|c| !c.is_control());
    FetchError::Refused {
        host: line.host(),
        said: shown.take(MAX_SAID).collect(),
    }
}
