//! Formulas in a file: `100 * ({with: delivered.acute@year2} / {without: delivered.acute@year2} - 1)`.
//!
//! Numbers, names in braces, `+ - * / ^`, brackets, and `sqrt`, `exp`, `ln`, `abs`, `min`, `max`.

/// A formula that has been read.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    tree: Tree,
    /// What stands in braces, each once, in the order in which it is first met.
    pub names: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Number(f64),
    Name(usize),
    Negative(Box<Tree>),
    Binary(char, Box<[Tree; 2]>),
    Call(Function, Vec<Tree>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Sqrt,
    Exp,
    Ln,
    Abs,
    Min,
    Max,
}

/// Brackets, calls and signs within each other; more than anybody writes, and few enough for any stack.
const DEEPEST: usize = 50;

impl std::str::FromStr for Formula {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut reader = Reader { text, at: 0, depth: 0, names: Vec::new() };
        let tree = reader.sum()?;
        match reader.next() {
            None => Ok(Self { tree, names: reader.names }),
            Some(letter) => Err(format!("`{letter}` was not expected {}", reader.place())),
        }
    }
}

#[cfg(test)]
impl Default for Formula {
    fn default() -> Self {
        Self { tree: Tree::Number(0.0), names: Vec::new() }
    }
}

impl Formula {
    /// Its value, given that of each name by its position.
    pub fn value(&self, name: &impl Fn(usize) -> f64) -> f64 {
        self.tree.value(name)
    }
}

impl Tree {
    fn value(&self, name: &impl Fn(usize) -> f64) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Name(position) => name(*position),
            Self::Negative(of) => -of.value(name),
            Self::Binary(sign, sides) => {
                let [left, right] = [&sides[0], &sides[1]].map(|side| side.value(name));
                match sign {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    '/' => left / right,
                    _ => libm::pow(left, right),
                }
            }
            Self::Call(function, of) => {
                let mut values = of.iter().map(|tree| tree.value(name));
                let first = values.next().unwrap_or(f64::NAN);
                match function {
                    Function::Sqrt => first.sqrt(),
                    Function::Exp => libm::exp(first),
                    Function::Ln => libm::log(first),
                    Function::Abs => first.abs(),
                    Function::Min => values.fold(first, f64::min),
                    Function::Max => values.fold(first, f64::max),
                }
            }
        }
    }
}

/// Reads from left to right.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    names: Vec<String>,
}

impl Reader<'_> {
    /// The next letter that is no blank, not yet taken.
    fn next(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, signs: &str) -> Option<char> {
        let letter = self.next().filter(|letter| signs.contains(*letter))?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    fn place(&self) -> String {
        let before = &self.text[..self.at];
        if before.trim().is_empty() { "at the beginning".to_owned() } else { format!("after `{}`", before.trim()) }
    }

    fn sum(&mut self) -> Result<Tree, String> {
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
        let position = self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        Ok(Tree::Name(position))
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
                let known = "there are sqrt, exp, ln, abs, min and max; a name stands in braces";
                return Err(format!("there is no `{word}`: {known}"));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        let formula: Formula = text.parse().unwrap();
        formula.value(&|position| (position + 2) as f64)
    }

    #[test]
    fn what_is_written_is_worked_out_as_on_paper() {
        for (text, expected) in [
            ("1 + 2 * 3", 7.0),
            ("2 - 3 - 4", -5.0),
            ("8 / 2 / 2", 2.0),
            ("-2 ^ 2", -4.0),
            ("2 ^ 3 ^ 2", 512.0),
            ("(1 + 2) * 3", 9.0),
            ("100 * ({a: x@year1} / {b} - {a: x@year1})", 100.0 * (2.0 / 3.0 - 2.0)),
            ("sqrt(16) + abs(-1) + max(1, {a}, 1.5e0) - min(4, 3)", 4.0),
            ("exp(ln(1.5e1))", 15.0),
        ] {
            assert!((value(text) - expected).abs() < 1e-12, "{text}: {}", value(text));
        }
    }

    #[test]
    fn what_is_no_formula_is_told_and_nothing_panics() {
        let deep = "(".repeat(4000) + "1";
        let long = "1".to_owned() + &"+1".repeat(5000);
        let texts = ["", "1 +", "(1", "1)", "{a", "sin(1)", "1..2", "sqrt(1, 2)", "1 2", "é", "min()", "{a} {b}"];
        for text in texts.into_iter().chain([deep.as_str(), long.as_str()]) {
            assert!(text.parse::<Formula>().is_err(), "{}", &text[..text.len().min(20)]);
        }
        assert_eq!(
            "1 + x".parse::<Formula>(),
            Err("there is no `x`: there are sqrt, exp, ln, abs, min and max; a name stands in braces".to_owned())
        );
    }
}
