//! The tokens of an expression, to find all the text of a node: the parser keeps one token for each.

use std::ops::Range;

use cel_interpreter::parser::pratt_parser::{Lexer, Token, TokenKind};

/// Tokens in reading order, without white space and comments.
pub(super) struct Tokens {
    tokens: Vec<Token>,
    /// For a bracket, the index of the one it belongs to; otherwise its own.
    partners: Vec<usize>,
}

impl Tokens {
    /// Reads tokens up to the end or the first that is none.
    pub(super) fn of(source: &str) -> Self {
        let mut lexer = Lexer::new(source);
        let mut tokens = Vec::new();
        loop {
            let token = lexer.lex();
            match token.kind {
                TokenKind::TokWhitespace | TokenKind::TokComment => {}
                TokenKind::TokEnd | TokenKind::TokError => break,
                _ => tokens.push(token),
            }
        }
        let partners = partners(&tokens);
        Self { tokens, partners }
    }

    /// How many `?` there are.
    pub(super) fn conditionals(&self) -> usize {
        self.tokens
            .iter()
            .filter(|token| token.kind == TokenKind::TokQuestion)
            .count()
    }

    /// The first token from this one on that is none of these brackets and signs of one character.
    pub(super) fn past(&self, from: usize, passed: &str) -> usize {
        let is_passed = |token: &&Token| passed.contains(token.kind.as_str());
        let rest = self.tokens.get(from..).unwrap_or_default();
        from + rest.iter().take_while(is_passed).count()
    }

    /// Whether a token is this bracket or sign.
    pub(super) fn is(&self, index: usize, sign: &str) -> bool {
        let token = self.tokens.get(index);
        token.is_some_and(|token| token.kind.as_str() == sign)
    }

    /// The bytes of a token; an empty range past the last.
    pub(super) fn range(&self, index: usize) -> Range<usize> {
        match self.tokens.get(index) {
            Some(token) => token.start..token.end,
            None => self.tokens.last().map_or(0..0, |last| last.end..last.end),
        }
    }

    /// The bracket that belongs to the one at `index`.
    pub(super) fn partner(&self, index: usize) -> usize {
        self.partners.get(index).copied().unwrap_or(index)
    }

    /// The range with all parentheses that stand around it alone.
    pub(super) fn with_parentheses(&self, range: Range<usize>) -> Range<usize> {
        let first = self
            .tokens
            .partition_point(|token| token.start < range.start);
        let after = self.tokens.partition_point(|token| token.start < range.end);
        let (mut first, mut after, mut wide) = (first, after, range);
        while first > 0
            && self.tokens[first - 1].kind == TokenKind::TokLeftParen
            && self.partners[first - 1] == after
        {
            wide = self.tokens[first - 1].start..self.range(after).end;
            (first, after) = (first - 1, after + 1);
        }
        wide
    }
}

fn partners(tokens: &[Token]) -> Vec<usize> {
    let mut partners: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::TokLeftParen | TokenKind::TokLeftBracket | TokenKind::TokLeftBrace => {
                open.push(index);
            }
            TokenKind::TokRightParen | TokenKind::TokRightBracket | TokenKind::TokRightBrace => {
                if let Some(left) = open.pop() {
                    (partners[left], partners[index]) = (index, left);
                }
            }
            _ => {}
        }
    }
    partners
}
