//! What GitHub answers, as far as it is asked; its rules about comments are those of its API, its
//! shapes those of its own examples.

use std::collections::BTreeMap;

use git2::Oid;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::contract::operation;
use crate::state::{Comment, Set, State};

/// An answer; a list is cut into pages afterwards.
pub(crate) struct Reply(pub(crate) u16, pub(crate) Value);

type Names = BTreeMap<&'static str, String>;

pub(crate) fn message(status: u16, text: &str) -> Reply {
    Reply(
        status,
        json!({ "message": text, "documentation_url": "https://docs.example" }),
    )
}

fn not_found() -> Reply {
    message(404, "Not Found")
}

fn invalid(error: &str) -> Reply {
    let body = json!({ "message": "Validation Failed", "errors": [{ "message": error }] });
    Reply(422, body)
}

impl State {
    /// `template` is the example of what is described.
    pub(crate) fn answer(
        &mut self,
        method: &str,
        names: &Names,
        path: &str,
        template: &Value,
        body: &Value,
        caller: &str,
    ) -> Reply {
        let number = |name: &str| names.get(name).and_then(|text| text.parse::<u64>().ok());
        let is_diff = path.contains("/pulls/");
        let last = path.rsplit('/').next().unwrap_or_default();
        if names.get("owner").is_some_and(|it| it != "jia")
            || names.get("repo").is_some_and(|it| it != "plans")
        {
            return not_found();
        }
        if let Some(pull) = number("pull_number").or(number("issue_number"))
            && !self.pulls.contains_key(&pull)
        {
            return not_found();
        }
        let pull = number("pull_number")
            .or(number("issue_number"))
            .unwrap_or(0);
        match (method, last) {
            ("GET", "installation") => Reply(200, over(template, json!({ "id": 31 }))),
            ("POST", "access_tokens") => self.mint(template, names, body),
            ("GET", "pulls") => {
                let open = self.pulls.iter().filter(|(_, pull)| pull.is_open);
                let open: Vec<u64> = open.map(|(number, _)| *number).collect();
                list(open.into_iter().map(|number| self.pull(template, number)))
            }
            ("GET", "activity") => self.activity(template),
            ("GET", _)
                if names.contains_key("environment_name")
                    || path.contains("/actions/permissions/") =>
            {
                self.actions(template, path)
            }
            ("GET", _) if names.contains_key("branch") => self.guard(template, path),
            ("GET", _) if names.contains_key("ruleset_id") => self.ruleset(template),
            ("GET", _) if names.contains_key("app_slug") => {
                Reply(200, over(template, json!({ "id": 15_368 })))
            }
            ("GET", "commits") => self.commits(template, pull),
            ("POST", "comments") => self.post_comment(template, pull, body, caller, is_diff),
            ("POST", "requested_reviewers") => {
                let logins = body["reviewers"].as_array().into_iter().flatten();
                let logins: Vec<String> = logins
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect();
                let Some(of) = self.pulls.get_mut(&pull) else {
                    return not_found();
                };
                if logins.iter().any(|login| login == of.author) {
                    return invalid("Review cannot be requested from pull request author.");
                }
                of.requested.extend(logins);
                Reply(201, self.simple(template, pull))
            }
            ("POST", "labels") => {
                let names = body["labels"].as_array().into_iter().flatten();
                let names = names.filter_map(Value::as_str).map(str::to_owned);
                let Some(of) = self.pulls.get_mut(&pull) else {
                    return not_found();
                };
                of.labels.extend(names);
                labels(template, &of.labels)
            }
            ("DELETE", _) if names.contains_key("name") => {
                let Some(of) = self.pulls.get_mut(&pull) else {
                    return not_found();
                };
                let name = decoded(&names["name"]);
                if !of.labels.remove(&name) {
                    return message(404, "Label does not exist");
                }
                labels(template, &of.labels)
            }
            ("GET", "statuses") => self.statuses_of(template, &names["ref"]),
            ("POST", _) if names.contains_key("sha") => {
                self.set_status(template, &names["sha"], body, caller)
            }
            ("GET", _) if names.contains_key("pull_number") => {
                Reply(200, self.pull(template, pull))
            }
            ("GET" | "PATCH", _) => self.one_comment(template, number("comment_id"), body, is_diff),
            _ => not_found(),
        }
    }

    fn account(&self, template: &Value, login: &str) -> Value {
        let (id, kind) = self.accounts[login];
        over(template, json!({ "login": login, "id": id, "type": kind }))
    }

    fn person(&self, template: &Value, login: Option<&str>) -> Value {
        login.map_or(Value::Null, |login| self.account(template, login))
    }

    fn simple(&self, template: &Value, number: u64) -> Value {
        let pull = &self.pulls[&number];
        let repository = &template["base"]["repo"];
        let head_repository = match pull.fork {
            Some("") => Value::Null,
            Some(name) => over(repository, json!({ "full_name": name })),
            None => over(repository, json!({ "full_name": "jia/plans" })),
        };
        let requested = pull.requested.iter();
        let requested: Vec<Value> = requested
            .map(|login| self.account(&template["user"], login))
            .collect();
        let tip = |at: &str, branch: &str, id: String, repo: Value| {
            over(
                &template[at],
                json!({ "ref": branch, "sha": id, "repo": repo }),
            )
        };
        let head = self.head(number).to_string();
        let base = self.id_of("refs/heads/main").to_string();
        over(
            template,
            json!({
                "number": number,
                "title": "修正計畫 @everyone",
                "user": self.person(&template["user"], Some(pull.author)),
                "state": if pull.is_open { "open" } else { "closed" },
                "draft": pull.is_draft,
                "locked": pull.is_locked,
                "head": tip("head", "topic", head, head_repository),
                "base": tip("base", "main", base, repository.clone()),
                "requested_reviewers": requested,
                "requested_teams": [],
                "labels": labels(&template["labels"], &pull.labels).1,
            }),
        )
    }

    fn pull(&self, template: &Value, number: u64) -> Value {
        let pull = &self.pulls[&number];
        let simple = self.simple(template, number);
        if template.get("merged").is_none() {
            return simple;
        }
        let (ahead, _) = self
            .repository
            .graph_ahead_behind(self.head(number), self.id_of("refs/heads/main"))
            .expect("both are there");
        over(
            &simple,
            json!({
                "merged": pull.merged_at.is_some(),
                "merged_at": pull.merged_at,
                "mergeable": pull.mergeable,
                "commits": ahead,
                "changed_files": 1,
            }),
        )
    }

    /// Each head as it stands now; who has moved it there, the last one first.
    fn activity(&self, template: &Value) -> Reply {
        let heads = self.pulls.iter().flat_map(|(number, pull)| {
            let head = self.head(*number).to_string();
            let author = vec![pull.author];
            let pushers = self.pushers.get(&head).cloned().unwrap_or(author);
            pushers.into_iter().map(move |login| (head.clone(), login))
        });
        list(heads.map(|(head, login)| {
            // GitHub's example has other names than its description.
            let actor = self.account(&template["pusher"], login);
            json!({
                "id": template["id"],
                "node_id": template["node_id"],
                "before": template["before"],
                "after": head,
                "ref": "refs/heads/topic",
                "timestamp": template["pushed_at"],
                "activity_type": "push",
                "actor": actor,
            })
        }))
    }

    fn guard(&self, template: &Value, path: &str) -> Reply {
        let guard = &self.guard;
        if path.ends_with("/protection") {
            return match (&guard.older, guard.is_open) {
                (_, false) => message(403, "Resource not accessible by integration"),
                (None, true) => message(404, "Branch not protected"),
                (Some(_), true) => Reply(
                    200,
                    json!({
                        "required_pull_request_reviews": {
                            "dismiss_stale_reviews": true,
                            "require_code_owner_reviews": true,
                        },
                        "allow_force_pushes": { "enabled": false },
                        "enforce_admins": template["enforce_admins"],
                    }),
                ),
            };
        }
        if path.contains("/rules/") {
            let Some((checks, kinds)) = &guard.newer else {
                return Reply(200, json!([]));
            };
            let mut rules: Vec<Value> = kinds
                .iter()
                .map(|kind| json!({ "type": kind, "ruleset_id": 42 }))
                .collect();
            let checks = checks.iter().map(|(context, id)| match id {
                Some(id) => json!({ "context": context, "integration_id": id }),
                None => json!({ "context": context }),
            });
            let checks: Vec<Value> = checks.collect();
            rules.push(json!({
                "type": "required_status_checks",
                "ruleset_id": 42,
                "parameters": {
                    "required_status_checks": checks,
                    "strict_required_status_checks_policy": false,
                },
            }));
            return Reply(200, Value::Array(rules));
        }
        let mut outline = json!({ "enabled": guard.older.is_some() });
        if let Some(checks) = &guard.older {
            let contexts: Vec<&String> = checks.iter().map(|(context, _)| context).collect();
            let told = checks
                .iter()
                .map(|(context, id)| json!({ "context": context, "app_id": id }));
            let told: Vec<Value> = told.collect();
            outline["required_status_checks"] = json!({ "contexts": contexts, "checks": told });
        }
        let is_protected = guard.older.is_some();
        let told = json!({ "name": "main", "protected": is_protected, "protection": outline });
        Reply(200, over(template, told))
    }

    /// Who may bypass it is told to administrators alone.
    fn ruleset(&self, template: &Value) -> Reply {
        let actor = &template["bypass_actors"][0];
        let mut told = over(
            template,
            json!({ "bypass_actors": vec![actor; self.guard.bypass] }),
        );
        if !self.guard.is_open {
            told.as_object_mut().map(|it| it.remove("bypass_actors"));
        }
        Reply(200, told)
    }

    fn commits(&self, template: &Value, pull: u64) -> Reply {
        let mut walk = self.repository.revwalk().expect("a walk");
        walk.push(self.head(pull)).expect("the head");
        walk.hide(self.id_of("refs/heads/main")).expect("the base");
        let all: Vec<Oid> = walk.map(|id| id.expect("a commit")).take(250).collect();
        let commit = |id: Oid| {
            let signed = self.repository.find_commit(id).expect("a commit");
            let address = signed.author().email().unwrap_or_default().to_owned();
            let known = self.addresses.get(&*address);
            let author = known.map(|login| self.account(&template["author"], login));
            let author = author.unwrap_or_else(|| json!({}));
            // GitHub writes `{}` for an address that is nobody's, `null` elsewhere.
            over(
                template,
                json!({ "sha": id.to_string(), "author": author, "committer": {} }),
            )
        };
        list(all.into_iter().map(commit))
    }

    fn comment(&self, template: &Value, comment: &Comment) -> Value {
        let mut told = over(
            template,
            json!({
                "id": comment.id,
                "node_id": node(comment.id),
                "user": self.person(&template["user"], Some(&comment.author)),
                "body": comment.body,
            }),
        );
        if let Some(object) = told.as_object_mut() {
            object.remove("in_reply_to_id");
            if let Some(to) = comment.reply_to {
                object.insert("in_reply_to_id".to_owned(), json!(to));
            }
            if let Some(app) = self.through.get(&comment.id) {
                object.insert("performed_via_github_app".to_owned(), integration(*app));
            }
        }
        told
    }

    fn post_comment(
        &mut self,
        template: &Value,
        pull: u64,
        body: &Value,
        caller: &str,
        is_diff: bool,
    ) -> Reply {
        let text = body["body"].as_str().unwrap_or_default();
        if let Some(refusal) = Self::refuses_text(text) {
            return refusal;
        }
        let anchor = match is_diff.then(|| self.anchor(body)) {
            Some(Err(error)) => return invalid(error),
            Some(Ok(anchor)) => Some(anchor),
            None => None,
        };
        let comment = Comment {
            id: self.id(),
            pull,
            author: caller.to_owned(),
            body: text.to_owned(),
            anchor,
            reply_to: None,
        };
        let told = self.comment(template, &comment);
        self.comments.push(comment);
        Reply(201, told)
    }

    fn refuses_text(text: &str) -> Option<Reply> {
        if text.trim().is_empty() {
            return Some(invalid("body can't be blank"));
        }
        let is_long = text.chars().count() > 65_536;
        is_long.then(|| invalid("body is too long (maximum is 65536 characters)"))
    }

    /// Where on the diff; GitHub's rules, over Git's own diff.
    fn anchor(&self, body: &Value) -> Result<AnchorOf, &'static str> {
        let sha = body["commit_id"].as_str().unwrap_or_default();
        let commit = Oid::from_str(sha).ok();
        let commit = commit.filter(|id| self.repository.find_commit(*id).is_ok());
        let commit = commit.ok_or("commit_id is not part of the pull request")?;
        let path = body["path"].as_str().unwrap_or_default();
        let hunks = self
            .hunks(commit, path)
            .ok_or("path could not be resolved")?;
        if body["subject_type"] == "file" {
            return Ok((path.to_owned(), None));
        }
        let line = body["line"].as_u64().ok_or("line is missing")?;
        let side = body["side"].as_str().unwrap_or("RIGHT");
        let shown = |hunk: &&[std::collections::BTreeSet<u64>; 2]| {
            hunk[usize::from(side == "RIGHT")].contains(&line)
        };
        let hunk = hunks.iter().find(shown);
        let hunk = hunk.ok_or("pull_request_review_thread.line must be part of the diff")?;
        let start = body["start_line"].as_u64();
        if let Some(start) = start {
            if start >= line {
                return Err("pull_request_review_thread.start_line must precede the end line.");
            }
            if !hunk[usize::from(side == "RIGHT")].contains(&start) {
                return Err("start_line must be part of the same hunk as the line.");
            }
        }
        Ok((path.to_owned(), Some((side.to_owned(), start, line))))
    }

    fn one_comment(
        &mut self,
        template: &Value,
        id: Option<u64>,
        body: &Value,
        is_diff: bool,
    ) -> Reply {
        let text = body["body"].as_str();
        if let Some(refusal) = text.and_then(Self::refuses_text) {
            return refusal;
        }
        let at = self
            .comments
            .iter()
            .position(|comment| Some(comment.id) == id && comment.anchor.is_some() == is_diff);
        let Some(at) = at else { return not_found() };
        if let Some(text) = text {
            text.clone_into(&mut self.comments[at].body);
        }
        let comment = self.comments[at].clone();
        Reply(200, self.comment(template, &comment))
    }

    fn statuses_of(&self, template: &Value, commit: &str) -> Reply {
        let of = self
            .statuses
            .iter()
            .rev()
            .filter(|set| set.commit == commit);
        list(of.map(|set| self.status_told(template, set)))
    }

    fn status_told(&self, template: &Value, set: &Set) -> Value {
        over(
            template,
            json!({
                "state": set.state,
                "context": set.context,
                "description": set.description,
                "creator": self.person(&template["creator"], Some(&set.creator)),
            }),
        )
    }

    fn set_status(&mut self, template: &Value, commit: &str, body: &Value, caller: &str) -> Reply {
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        let id = Oid::from_str(commit).ok();
        if id.is_none_or(|id| self.repository.find_commit(id).is_err()) {
            return invalid("No commit found for SHA");
        }
        if text("description").chars().count() > 140 {
            return invalid("description is too long (maximum is 140 characters)");
        }
        let set = Set {
            commit: commit.to_owned(),
            context: text("context"),
            state: text("state"),
            description: text("description"),
            creator: caller.to_owned(),
        };
        let told = self.status_told(template, &set);
        self.statuses.push(set);
        Reply(201, told)
    }

    /// A token for an installation, for whoever has signed with the App's key.
    fn mint(&mut self, template: &Value, names: &Names, body: &Value) -> Reply {
        if names["installation_id"] != "31" || body["repositories"] != json!(["plans"]) {
            return not_found();
        }
        let token = "ghs_minted";
        self.tokens
            .insert(token.to_owned(), ("plangate[bot]", true));
        Reply(201, over(template, json!({ "token": token })))
    }

    pub(crate) fn is_signed(&self, jwt: &str) -> bool {
        let (Some(key), Some((signed, signature))) = (&self.app_key, jwt.rsplit_once('.')) else {
            return false;
        };
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
        let Some(signature) = base64_url(signature) else {
            return false;
        };
        let claims = signed
            .split_once('.')
            .and_then(|(_, claims)| base64_url(claims));
        let claims: Option<Value> = claims.and_then(|it| serde_json::from_slice(&it).ok());
        let is_for_us = claims.is_some_and(|claims| {
            let (from, to) = (claims["iat"].as_i64(), claims["exp"].as_i64());
            let life = to.zip(from).map(|(to, from)| to - from);
            claims["iss"] == "12" && life.is_some_and(|life| (1..=600).contains(&life))
        });
        is_for_us && key.verify(signed.as_bytes(), &signature).is_ok()
    }
}

type AnchorOf = (String, Option<(String, Option<u64>, u64)>);

pub(crate) fn node(id: u64) -> String {
    format!("NODE_{id}")
}

/// An App, as GitHub shows one.
fn integration(id: u64) -> Value {
    let (described, _) = operation("GET", "/apps/any").expect("it is described");
    over(&described.example, json!({ "id": id }))
}

fn list(entries: impl Iterator<Item = Value>) -> Reply {
    Reply(200, Value::Array(entries.collect()))
}

/// An example with other values.
pub(crate) fn over(template: &Value, values: Value) -> Value {
    let mut out = template.clone();
    if let (Some(out), Value::Object(values)) = (out.as_object_mut(), values) {
        out.extend(values);
    }
    out
}

fn labels(template: &Value, names: &std::collections::BTreeSet<String>) -> Reply {
    let one = template.get(0).unwrap_or(template);
    list(names.iter().map(|name| over(one, json!({ "name": name }))))
}

fn decoded(part: &str) -> String {
    let bytes = part.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let hex = part.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn base64_url(text: &str) -> Option<Vec<u8>> {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes() {
        let six = letters.iter().position(|letter| *letter == byte)?;
        bits = bits << 6 | u32::try_from(six).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(out)
}
