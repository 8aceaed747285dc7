//! Whether the main figures of a profile can be computed from what it describes.

use std::collections::BTreeSet;

use super::Validator;
use crate::profile::MainValue;

impl Validator<'_> {
    /// Each has a name of its own; a share names two before it.
    pub(super) fn main_figures(&mut self) {
        let mut before: BTreeSet<&str> = BTreeSet::new();
        for figure in &self.profile.main_figures {
            match &figure.value {
                MainValue::Expression { text, .. } => self.expression(text, None),
                MainValue::Share(names) => {
                    for name in names.iter().filter(|name| !before.contains(name.value.as_str())) {
                        let text = format!("主要数据“{}”的占比要用“{}”，前面没有这一项", figure.name.value, name.value);
                        self.say(name.place, text, "写在它前面的主要数据的名称；占比不能用占比自己和后面的");
                    }
                }
            }
            if !before.insert(&figure.name.value) {
                let text = format!("两个主要数据同名“{}”", figure.name.value);
                self.say(figure.name.place, text, "各起一个名称：占比按名称找");
            }
        }
    }
}
