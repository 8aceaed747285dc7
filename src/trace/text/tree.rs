//! Lines in the shape of a tree.

/// Whether and how words are set off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub(super) color: bool,
}

impl Paint {
    /// Words in the background.
    pub(super) fn dim(self, text: &str) -> String {
        if self.color { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A line, what is said of it, and what it consists of.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) head: String,
    pub(super) lines: Vec<String>,
    pub(super) children: Vec<Node>,
}

impl Node {
    pub(super) fn leaf(head: String) -> Self {
        Self { head, lines: Vec::new(), children: Vec::new() }
    }

    /// The lines of the tree.
    pub(super) fn render(&self) -> String {
        let mut lines = vec![self.head.clone()];
        self.below("", &mut lines);
        lines.join("\n") + "\n"
    }

    fn below(&self, indent: &str, into: &mut Vec<String>) {
        let bar = if self.children.is_empty() { "   " } else { "│  " };
        into.extend(self.lines.iter().map(|line| format!("{indent}{bar}{line}")));
        for (i, child) in self.children.iter().enumerate() {
            let last = i + 1 == self.children.len();
            let (branch, deeper) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            into.push(format!("{indent}{branch}{}", child.head));
            child.below(&format!("{indent}{deeper}"), into);
        }
    }
}
