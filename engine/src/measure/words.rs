//! Small words for people that parts and measures share.

/// A key as words: `mental_health` → "mental health".
pub fn words(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

/// A share as people write it, with two decimals at most: `12.5%`.
pub fn percent(share: f64) -> String {
    format!("{}%", libm::round(share * 10_000.0) / 100.0)
}

/// Keys as an enumeration: "acute, mental health and community".
pub fn listed<'a>(keys: impl IntoIterator<Item = &'a String>) -> String {
    let mut names: Vec<String> = keys.into_iter().map(|key| words(key)).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) }
}

/// `1 step`, `12 steps`.
pub fn steps(count: f64) -> String {
    if libm::fabs(count - 1.0) < f64::EPSILON { "1 step".to_owned() } else { format!("{count} steps") }
}
