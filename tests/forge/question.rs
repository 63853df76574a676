//! A question in GraphQL → just what it asks for, out of what the double knows, and what of it GitHub's own
//! schema does not have.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("graphql/schema.json")).expect("the schema is JSON")
});

/// What a selection asks for.
enum Wish {
    Field {
        name: String,
        /// `@include(if: $…)`.
        only_if: Option<String>,
        arguments: Vec<String>,
        of: Vec<Wish>,
    },
    /// `... on Type { … }`.
    Of(String, Vec<Wish>),
    /// `...name`.
    Spread(String),
}

/// A question or a change, taken apart.
pub(crate) struct Document {
    root: &'static str,
    wishes: Vec<Wish>,
    fragments: BTreeMap<String, (String, Vec<Wish>)>,
    pub(crate) problems: Vec<String>,
}

impl Document {
    pub(crate) fn read(text: &str) -> Self {
        let mut words = Words::of(text);
        let root = match words.next().as_str() {
            "mutation" => "Mutation",
            _ => "Query",
        };
        words.arguments();
        let wishes = words.selection();
        let mut fragments = BTreeMap::new();
        while words.peek() == "fragment" {
            words.next();
            let (name, _on, of) = (words.next(), words.next(), words.next());
            fragments.insert(name, (of, words.selection()));
        }
        let mut document = Self {
            root,
            wishes,
            fragments,
            problems: Vec::new(),
        };
        let mut problems = Vec::new();
        document.against(root, &document.wishes, &mut problems);
        document.problems = problems;
        document
    }

    /// What GitHub does not describe.
    fn against(&self, of: &str, wishes: &[Wish], problems: &mut Vec<String>) {
        for wish in wishes {
            match wish {
                Wish::Spread(name) => match self.fragments.get(name) {
                    Some((of, wishes)) => self.against(of, wishes, problems),
                    None => problems.push(format!("no fragment {name}")),
                },
                Wish::Of(name, wishes) => self.against(name, wishes, problems),
                Wish::Field { name, .. } if name == "__typename" => {}
                Wish::Field {
                    name,
                    arguments,
                    of: wishes,
                    ..
                } => {
                    let field = &SCHEMA[of]["fields"][name];
                    let known = field["arguments"].as_array().into_iter().flatten();
                    let known: Vec<&Value> = known.collect();
                    let strange = arguments.iter().filter(|own| !known.contains(&&json!(own)));
                    problems.extend(strange.map(|own| format!("{of}.{name} takes no {own}")));
                    match field["type"].as_str() {
                        None => problems.push(format!("{of} has no {name}")),
                        Some(next) => self.against(next, wishes, problems),
                    }
                }
            }
        }
    }

    /// Whether it asks for this, somewhere at its top.
    pub(crate) fn asks_for(&self, wanted: &str) -> bool {
        let is_it = |wish: &Wish| matches!(wish, Wish::Field { name, .. } if name == wanted);
        self.wishes.iter().any(is_it)
    }

    /// Nothing but what it asks for. `__typename` says what each object is.
    pub(crate) fn answer(&self, whole: &Value, variables: &Value) -> Value {
        self.cut(whole, &self.wishes, variables)
    }

    fn cut(&self, whole: &Value, wishes: &[Wish], variables: &Value) -> Value {
        match whole {
            Value::Array(all) => {
                let cut = all.iter().map(|one| self.cut(one, wishes, variables));
                cut.collect()
            }
            Value::Object(object) => {
                let mut out = Map::new();
                self.cut_into(&mut out, object, wishes, variables);
                Value::Object(out)
            }
            other => other.clone(),
        }
    }

    fn cut_into(
        &self,
        out: &mut Map<String, Value>,
        object: &Map<String, Value>,
        wishes: &[Wish],
        variables: &Value,
    ) {
        for wish in wishes {
            match wish {
                Wish::Spread(name) => {
                    let (of, wishes) = &self.fragments[name];
                    if is(object, of) {
                        self.cut_into(out, object, wishes, variables);
                    }
                }
                Wish::Of(of, wishes) if is(object, of) => {
                    self.cut_into(out, object, wishes, variables);
                }
                Wish::Of(..) => {}
                Wish::Field {
                    name, only_if, of, ..
                } => {
                    let is_asked = only_if.as_ref().is_none_or(|own| variables[own] == true);
                    if is_asked {
                        let value = self.cut(&object[name], of, variables);
                        out.insert(name.clone(), value);
                    }
                }
            }
        }
    }

    /// Whether it changes anything.
    pub(crate) fn is_mutation(&self) -> bool {
        self.root == "Mutation"
    }
}

/// Whether an object is of a type, or of one that has it.
fn is(object: &Map<String, Value>, of: &str) -> bool {
    let own = object["__typename"].as_str().unwrap_or_default();
    let has = SCHEMA[own]["implements"].as_array().into_iter().flatten();
    own == of || has.into_iter().any(|it| it == of)
}

/// The words of a document, one after another.
struct Words(Vec<String>);

impl Words {
    fn of(text: &str) -> Self {
        let spaced = text.replace("...", " \u{2026} ");
        let mut words = vec![String::new()];
        for letter in spaced.chars() {
            match letter {
                _ if letter.is_whitespace() || letter == ',' => words.push(String::new()),
                '{' | '}' | '(' | ')' | ':' | '@' | '!' | '\u{2026}' => {
                    words.extend([letter.to_string(), String::new()]);
                }
                _ => words.last_mut().expect("there is one").push(letter),
            }
        }
        words.retain(|word| !word.is_empty());
        words.reverse();
        Self(words)
    }

    fn peek(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.0.pop().unwrap_or_default()
    }

    /// The names of what stands in brackets, where something does.
    fn arguments(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        if self.peek() != "(" {
            return names;
        }
        let mut depth = 0;
        let mut last = String::new();
        loop {
            let word = self.next();
            match word.as_str() {
                "(" | "{" => depth += 1,
                ")" | "}" => depth -= 1,
                ":" if depth == 1 => names.push(last.clone()),
                _ => {}
            }
            if depth == 0 || word.is_empty() {
                return names;
            }
            last = word;
        }
    }

    fn selection(&mut self) -> Vec<Wish> {
        let mut wishes = Vec::new();
        if self.peek() != "{" {
            return wishes;
        }
        self.next();
        while !matches!(self.peek(), "}" | "") {
            wishes.push(self.wish());
        }
        self.next();
        wishes
    }

    fn wish(&mut self) -> Wish {
        let word = self.next();
        if word == "\u{2026}" {
            let name = self.next();
            return match name.as_str() {
                "on" => {
                    let of = self.next();
                    Wish::Of(of, self.selection())
                }
                _ => Wish::Spread(name),
            };
        }
        let arguments = self.arguments();
        let mut only_if = None;
        if self.peek() == "@" {
            // `@`, `include`, `(`, `if`, `:`, `$name`, `)`.
            let mut words: Vec<String> = (0..7).map(|_| self.next()).collect();
            only_if = Some(words.swap_remove(5).replacen('$', "", 1));
        }
        Wish::Field {
            name: word,
            only_if,
            arguments,
            of: self.selection(),
        }
    }
}

#[test]
fn what_github_does_not_describe_is_seen() {
    let problems = |text| Document::read(text).problems;
    let whole = "query($n: Int!) { viewer { databaseId } repository(owner: $o, name: $n) { pullRequest(number: $n) { comments(first: 9) { nodes { ...words } } } } } fragment words on Comment { id ... on IssueComment { url isMinimized } }";
    assert_eq!(problems(whole), Vec::<String>::new());
    let strange = problems("query { viewer { databaseIds } repository(id: 1) { id } }");
    let expected = ["User has no databaseIds", "Repository has no id"];
    assert!(strange.iter().any(|it| it == expected[0]), "{strange:?}");
    assert!(strange.iter().any(|it| it.contains("takes no id")));
    assert_eq!(
        problems("query { viewer { ...gone } }"),
        ["no fragment gone"]
    );
    assert!(!problems("mutation { mergePullRequest(input: {}) { id } }").is_empty());
}

#[test]
fn an_answer_has_what_was_asked_for_and_no_more() {
    let document = Document::read(
        "query { viewer { login @include(if: $yes) databaseId @include(if: $no) ... on User { id } ... on Bot { url } } }",
    );
    let viewer =
        json!({ "__typename": "User", "login": "jia", "databaseId": 1, "id": "U", "url": "x" });
    let told = document.answer(
        &json!({ "__typename": "Query", "viewer": viewer }),
        &json!({ "yes": true, "no": false }),
    );
    assert_eq!(told, json!({ "viewer": { "login": "jia", "id": "U" } }));
}
