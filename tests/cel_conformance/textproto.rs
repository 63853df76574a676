//! The text format of protocol buffers → fields by name, as far as the specification's tests use it.
//!
//! Knows no schema: a field is a name and what stands behind it, in the order of the file. What it does
//! not understand ends the test run with the line it stands on.

/// A message: its fields, each as often as it is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Message(Vec<(String, Field)>);

/// What stands behind the name of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Field {
    /// A number or a word.
    Word(String),
    /// A quoted text, its escapes resolved.
    Bytes(Vec<u8>),
    /// A message in braces.
    Message(Message),
}

impl Message {
    /// All of a file.
    pub(crate) fn read(name: &str, text: &str) -> Self {
        let mut reader = Reader { name, text, at: 0 };
        let message = reader.message(None);
        assert_eq!(
            reader.at,
            text.len(),
            "{}: not read to its end",
            reader.place()
        );
        message
    }

    /// The fields of this name.
    pub(crate) fn all<'m>(&'m self, name: &str) -> impl Iterator<Item = &'m Field> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, field)| field)
    }

    /// The messages of this name.
    pub(crate) fn messages<'m>(&'m self, name: &str) -> impl Iterator<Item = &'m Message> {
        self.all(name).filter_map(|field| match field {
            Field::Message(message) => Some(message),
            _ => None,
        })
    }

    /// The first message of this name.
    pub(crate) fn message(&self, name: &str) -> Option<&Message> {
        self.messages(name).next()
    }

    /// The text of this name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.all(name).next()? {
            Field::Bytes(bytes) => Some(String::from_utf8(bytes.clone()).expect("a field of text")),
            _ => None,
        }
    }

    /// The number or word of this name.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        match self.all(name).next()? {
            Field::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The fields in the order they are written.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &Field)> {
        self.0.iter().map(|(name, field)| (&**name, field))
    }
}

struct Reader<'t> {
    name: &'t str,
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn place(&self) -> String {
        let line = self.text[..self.at].matches('\n').count() + 1;
        format!("{}:{line}", self.name)
    }

    fn message(&mut self, end: Option<char>) -> Message {
        let mut fields = Vec::new();
        loop {
            match self.peek() {
                None => return Message(fields),
                Some(found) if Some(found) == end => return Message(fields),
                Some(',' | ';') => self.at += 1,
                Some('[') => fields.push((self.bracketed(), self.value())),
                Some(_) => self.field(&mut fields),
            }
        }
    }

    fn field(&mut self, fields: &mut Vec<(String, Field)>) {
        let name = self.word();
        assert!(
            !name.is_empty(),
            "{}: the name of a field is wanted",
            self.place()
        );
        if self.peek_past_colon() != Some('[') {
            return fields.push((name, self.value()));
        }
        self.at += 1;
        while self.peek() != Some(']') {
            fields.push((name.clone(), self.value()));
            if self.peek() == Some(',') {
                self.at += 1;
            }
        }
        self.at += 1;
    }

    /// The name of an extension or of the type of an `Any`.
    fn bracketed(&mut self) -> String {
        let end = self.text[self.at..].find(']').expect("a closing bracket") + self.at;
        let name = self.text[self.at..=end].to_owned();
        self.at = end + 1;
        name
    }

    fn value(&mut self) -> Field {
        match self.peek_past_colon() {
            Some('{') => {
                self.at += 1;
                let message = self.message(Some('}'));
                assert_eq!(
                    self.peek(),
                    Some('}'),
                    "{}: a message is not closed",
                    self.place()
                );
                self.at += 1;
                Field::Message(message)
            }
            Some('"' | '\'') => {
                let mut bytes = Vec::new();
                while let Some(quote @ ('"' | '\'')) = self.peek() {
                    self.quoted(quote, &mut bytes);
                }
                Field::Bytes(bytes)
            }
            _ => Field::Word(self.word()),
        }
    }

    fn peek_past_colon(&mut self) -> Option<char> {
        if self.peek() == Some(':') {
            self.at += 1;
        }
        self.peek()
    }

    /// The next character that is neither white space nor part of a comment.
    fn peek(&mut self) -> Option<char> {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with('#') {
                return trimmed.chars().next();
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    fn word(&mut self) -> String {
        self.peek();
        let rest = &self.text[self.at..];
        let is_end = |c: char| !(c.is_ascii_alphanumeric() || "_-+.".contains(c));
        let word = rest[..rest.find(is_end).unwrap_or(rest.len())].to_owned();
        self.at += word.len();
        word
    }

    fn quoted(&mut self, quote: char, bytes: &mut Vec<u8>) {
        let source = self.text.as_bytes();
        self.at += 1;
        while source[self.at] != quote as u8 {
            if source[self.at] == b'\\' {
                self.escape(bytes);
            } else {
                bytes.push(source[self.at]);
                self.at += 1;
            }
        }
        self.at += 1;
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) {
        let rest = &self.text[self.at + 1..];
        let letter = rest.chars().next().expect("an escape");
        let number =
            |length: usize, radix| u32::from_str_radix(&rest[1..=length], radix).expect("a code");
        let (code, length) = match letter {
            'x' | 'X' => {
                let digits = rest[1..]
                    .chars()
                    .take(2)
                    .take_while(char::is_ascii_hexdigit)
                    .count();
                (number(digits, 16), 1 + digits)
            }
            'u' | 'U' => {
                let digits = if letter == 'u' { 4 } else { 8 };
                let point = char::from_u32(number(digits, 16)).expect("a character");
                bytes.extend(point.encode_utf8(&mut [0; 4]).bytes());
                self.at += 2 + digits;
                return;
            }
            '0'..='7' => {
                let digits = rest
                    .chars()
                    .take(3)
                    .take_while(|c| ('0'..='7').contains(c))
                    .count();
                (
                    u32::from_str_radix(&rest[..digits], 8).expect("a code"),
                    digits,
                )
            }
            'a' => (7, 1),
            'b' => (8, 1),
            'f' => (12, 1),
            'n' => (10, 1),
            'r' => (13, 1),
            't' => (9, 1),
            'v' => (11, 1),
            other => (u32::from(other), other.len_utf8()),
        };
        bytes.push(u8::try_from(code).expect("a byte"));
        self.at += 1 + length;
    }
}
