//! The script and the style of the page, as they stand in `assets/page`: plain modules, joined into the one script that a file
//! can carry.

/// The style.
pub(crate) const STYLE: &str = include_str!("../../assets/page/page.css");

/// The modules of the script by name, each before those that import it.
pub(crate) const MODULES: [(&str, &str); 11] = [
    ("base.js", include_str!("../../assets/page/base.js")),
    ("recording.js", include_str!("../../assets/page/recording.js")),
    ("state.js", include_str!("../../assets/page/state.js")),
    ("chart.js", include_str!("../../assets/page/chart.js")),
    ("drawing.js", include_str!("../../assets/page/drawing.js")),
    ("files.js", include_str!("../../assets/page/files.js")),
    ("matrix.js", include_str!("../../assets/page/matrix.js")),
    ("view.js", include_str!("../../assets/page/view.js")),
    ("scene.js", include_str!("../../assets/page/scene.js")),
    ("charts.js", include_str!("../../assets/page/charts.js")),
    ("page.js", include_str!("../../assets/page/page.js")),
];

/// What begins the script in a file.
const BEGIN: &str = include_str!("../../assets/page/file.js");

/// The modules that only a page has which is served.
#[cfg(feature = "serve")]
pub(crate) const LIVE: [(&str, &str); 2] =
    [("panel.js", include_str!("../../assets/page/panel.js")), ("live.js", include_str!("../../assets/page/live.js"))];

/// The modules as one script. An `import` of another module and the word `export` stand at the beginning of a line and are left
/// out, since all names are at hand.
pub(super) fn script() -> String {
    let modules = MODULES.iter().map(|(_, text)| *text).chain([BEGIN]);
    let lines = modules.flat_map(str::lines).filter(|line| !line.starts_with("import "));
    let mut script = String::new();
    for line in lines {
        script.push_str(line.strip_prefix("export ").unwrap_or(line));
        script.push('\n');
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that modules declare at their top.
    fn declared(script: &str) -> Vec<&str> {
        let starts = ["const ", "let ", "function ", "class "];
        let names = script.lines().filter_map(|line| starts.iter().find_map(|start| line.strip_prefix(start)));
        names
            .filter_map(|rest| {
                rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$').next()
            })
            .filter(|name| !name.is_empty())
            .collect()
    }

    #[test]
    fn modules_are_joined_without_a_name_twice_and_without_imports() {
        let script = script();
        let names = declared(&script);
        assert!(names.len() > 40, "{} names", names.len());
        for (position, name) in names.iter().enumerate() {
            assert!(!names[..position].contains(name), "two modules declare `{name}`");
        }
        for line in script.lines() {
            assert!(!line.trim_start().starts_with("import ") && !line.trim_start().starts_with("export "), "{line}");
        }
        assert!(!script.contains("</script") && !script.contains("<!--"), "the script would end in the middle");
    }

    #[test]
    fn nothing_of_the_page_asks_for_anything_from_elsewhere() {
        let script = script();
        for word in
            ["fetch(", "XMLHttpRequest", "WebSocket", "importScripts", "import(", "innerHTML", "http://", "eval("]
        {
            assert!(!script.replace("http://www.w3.org/2000/svg", "").contains(word), "{word}");
        }
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }
}
