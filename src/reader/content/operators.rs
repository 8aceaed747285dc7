//! The operators that a page uses, counted. For comparing two files: what one of them has and the other has not may hide
//! or change what is read.

use std::collections::BTreeMap;

use hayro_syntax::object::Object;

use super::super::text;

/// The most different operators of a page: there are 73, and what is none counts as well.
const MOST: usize = 500;

/// Words that stand for others when they are copied or read out (ISO 32000-1, 14.9.4).
const REPLACED: &[u8] = b"BDC ActualText=";

#[derive(Default)]
pub(super) struct Operators(BTreeMap<Vec<u8>, usize>);

impl Operators {
    pub(super) fn note(&mut self, operator: &[u8], operands: &[Object<'_>]) {
        match (operator, operands) {
            (b"Tr", [Object::Number(mode)]) => self.add(format!("Tr {}", mode.as_i64()).as_bytes()),
            (b"BDC" | b"BMC", [Object::Name(tag), properties @ ..]) => {
                if &**tag == b"OC" {
                    self.add(b"BDC OC");
                }
                if let [Object::Dict(properties)] = properties {
                    properties.keys().for_each(|key| self.add(&[b"BDC ", &*key].concat()));
                    let actual = text::string(properties, "ActualText").unwrap_or_default();
                    if actual.chars().any(char::is_alphanumeric) {
                        self.add(REPLACED);
                    }
                }
            }
            _ => self.add(operator),
        }
    }

    fn add(&mut self, word: &[u8]) {
        if let Some(count) = self.0.get_mut(word) {
            *count += 1;
        } else if self.0.len() < MOST {
            self.0.insert(word.to_vec(), 1);
        }
    }

    pub(super) fn counts(self) -> BTreeMap<String, usize> {
        self.0.into_iter().map(|(word, count)| (String::from_utf8_lossy(&word).into_owned(), count)).collect()
    }
}
