//! Reads a formula from left to right.

use super::{Function, Tree};

/// How names stand in a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    InBraces,
    /// Names of measures; in braces only where they hold blanks or signs.
    OfMeasures,
}

/// Brackets, calls and signs within each other; more than anybody writes, and few enough for any stack.
const DEEPEST: usize = 50;

/// Reads from left to right.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    pub(super) names: Vec<String>,
    style: Names,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, style: Names) -> Self {
        Self { text, at: 0, depth: 0, names: Vec::new(), style }
    }

    /// The next letter that is no blank, not yet taken.
    pub(super) fn next(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, signs: &str) -> Option<char> {
        let letter = self.next().filter(|letter| signs.contains(*letter))?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    pub(super) fn place(&self) -> String {
        let before = &self.text[..self.at];
        if before.trim().is_empty() { "at the beginning".to_owned() } else { format!("after `{}`", before.trim()) }
    }

    pub(super) fn sum(&mut self) -> Result<Tree, String> {
        self.chain("+-", Self::product)
    }

    fn product(&mut self) -> Result<Tree, String> {
        self.chain("*/", Self::signed)
    }

    fn chain(&mut self, signs: &str, side: fn(&mut Self) -> Result<Tree, String>) -> Result<Tree, String> {
        let mut tree = side(self)?;
        // Each further term is one level deeper in the tree.
        let mut terms = 0;
        while let Some(sign) = self.take(signs) {
            terms += 1;
            if terms > 10 * DEEPEST {
                return Err(format!("there are more than {} terms in a row", 10 * DEEPEST));
            }
            tree = Tree::Binary(sign, Box::new([tree, side(self)?]));
        }
        Ok(tree)
    }

    fn signed(&mut self) -> Result<Tree, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("more than {DEEPEST} brackets and signs stand within each other"));
        }
        let tree = if self.take("-").is_some() {
            Tree::Negative(Box::new(self.signed()?))
        } else {
            let base = self.atom()?;
            match self.take("^") {
                Some(sign) => Tree::Binary(sign, Box::new([base, self.signed()?])),
                None => base,
            }
        };
        self.depth -= 1;
        Ok(tree)
    }

    fn atom(&mut self) -> Result<Tree, String> {
        match self.next() {
            Some('(') => {
                self.take("(");
                let tree = self.sum()?;
                self.close(')')?;
                Ok(tree)
            }
            Some('{') => self.name(),
            Some(letter) if letter.is_ascii_digit() || letter == '.' => self.number(),
            Some(letter) if letter.is_alphabetic() && self.style == Names::OfMeasures => self.word(),
            Some(letter) if letter.is_ascii_alphabetic() => self.call(),
            Some(letter) => Err(format!("`{letter}` was not expected {}; a number or a {{name}} was", self.place())),
            None => Err("it ends where a number or a {name} was expected".to_owned()),
        }
    }

    fn close(&mut self, bracket: char) -> Result<(), String> {
        match self.take(&bracket.to_string()) {
            Some(_) => Ok(()),
            None => Err(format!("`{bracket}` is missing {}", self.place())),
        }
    }

    fn name(&mut self) -> Result<Tree, String> {
        let rest = &self.text[self.at + 1..];
        let Some(end) = rest.find('}') else { return Err("`}` is missing after a name".to_owned()) };
        let name = rest[..end].trim().to_owned();
        self.at += end + 2;
        Ok(self.named(name))
    }

    fn named(&mut self, name: String) -> Tree {
        let position = self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        Tree::Name(position)
    }

    /// A measure, or a function where a bracket follows.
    fn word(&mut self) -> Result<Tree, String> {
        let rest = &self.text[self.at..];
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && !"_.@".contains(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if !after.trim_start().starts_with('(') {
            let name = word.to_owned();
            self.at += end;
            return Ok(self.named(name));
        }
        if word != "share" {
            return self.call();
        }
        self.at += end;
        self.take("(");
        let left = self.sum()?;
        let Some(sign) = self.take("<>") else {
            return Err(format!(
                "`share` counts the runs in which one is below or above another, as share(need_met < 0.85); `<` or `>` is missing {}",
                self.place()
            ));
        };
        let right = self.sum()?;
        self.close(')')?;
        Ok(Tree::Share(sign, Box::new([left, right])))
    }

    fn number(&mut self) -> Result<Tree, String> {
        let rest = &self.text[self.at..];
        let mut end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        if rest[end..].starts_with(['e', 'E']) {
            let power = rest[end + 1..].trim_start_matches(['+', '-']);
            let digits = power.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(power.len());
            end = if digits > 0 { rest.len() - power.len() + digits } else { end };
        }
        let number = rest[..end].parse::<f64>().ok().filter(|number| number.is_finite());
        self.at += end;
        number.map(Tree::Number).ok_or_else(|| format!("`{}` is no number", &rest[..end]))
    }

    fn call(&mut self) -> Result<Tree, String> {
        let rest = &self.text[self.at..];
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let function = match &rest[..end] {
            "sqrt" => Function::Sqrt,
            "exp" => Function::Exp,
            "ln" => Function::Ln,
            "abs" => Function::Abs,
            "min" => Function::Min,
            "max" => Function::Max,
            word => {
                let known = "there are sqrt, exp, ln, abs, min and max";
                let rest = match self.style {
                    Names::InBraces => "; a name stands in braces",
                    Names::OfMeasures => ", and share(a < b)",
                };
                return Err(format!("there is no `{word}`: {known}{rest}"));
            }
        };
        self.at += end;
        self.close('(')?;
        let mut of = vec![self.sum()?];
        while self.take(",").is_some() {
            of.push(self.sum()?);
        }
        self.close(')')?;
        let takes_one = !matches!(function, Function::Min | Function::Max);
        if takes_one && of.len() != 1 {
            return Err(format!("`{}` takes one number", &rest[..end]));
        }
        Ok(Tree::Call(function, of))
    }
}
