//! The page as HTML: headings in order, every chart with its words and its numbers, nothing that needs a script or a network.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::arms::{Altered, Arm, Change, Told};
use super::{Contents, Picture};
use super::{again, answer};
use crate::report::answer::Answer;
use crate::report::phrase::{capitalised, counted, quoted};
use crate::report::table::Table;
use crate::scenario::explain::Fact;

const STYLE: &str = include_str!("style.css");
/// Nothing is fetched and nothing runs, whatever is in the folder.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// Sections of an explanation that have a part of the page of their own.
const ASSUMED: &str = "What is assumed";
const SOURCES: &str = "Sources";

/// The whole page.
pub(super) fn page(contents: &Contents) -> Markup {
    let title = title(contents);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content={ "commonground " (contents.manifest.commonground) };
                title { (title) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body class=[contents.answer.as_ref().map(|_| "answered")] {
                (header(contents, &title))
                main {
                    @match &contents.answer {
                        Some(found) => {
                            (answer::shown(found))
                            details.appendix {
                                summary { "Appendix: charts, every number, the rules, what is assumed, and how to do it again" }
                                (contents_list(contents))
                                (every_finding(contents, found))
                                (appendix(contents))
                            }
                        },
                        None => {
                            (findings(contents))
                            (appendix(contents))
                        },
                    }
                }
            }
        }
    }
}

/// All that stands behind the findings.
fn appendix(contents: &Contents) -> Markup {
    html! {
        (charts(&contents.charts))
        (tables(&contents.tables))
        (rules(&contents.arms))
        (grounds(&contents.arms))
        (again::shown(contents))
    }
}

/// What the page is about, in one line.
fn title(contents: &Contents) -> String {
    if let Some(answer) = &contents.answer {
        return answer.title.clone();
    }
    if let Some(study) = &contents.manifest.study {
        return study.title.clone();
    }
    match contents.arms.as_slice() {
        [] => "Results".to_owned(),
        [only] => only.title().to_owned(),
        [first, second] => format!("{} against {}", quoted(second.title()), quoted(first.title())),
        [first, others @ ..] => format!("{} others against {}", others.len(), quoted(first.title())),
    }
}

/// What was asked: by the study where there is one, otherwise by each scenario, each question once.
fn questions(contents: &Contents) -> Vec<&str> {
    if let Some(study) = &contents.manifest.study {
        return vec![&study.question];
    }
    let mut questions: Vec<&str> = Vec::new();
    for told in contents.arms.iter().filter_map(|arm| arm.told.as_ref().ok()) {
        if !questions.contains(&told.question.as_str()) {
            questions.push(&told.question);
        }
    }
    questions
}

fn header(contents: &Contents, title: &str) -> Markup {
    let manifest = &contents.manifest;
    // Below an answer each design's own question would push the answer off the screen.
    let most = if contents.answer.is_some() { 1 } else { usize::MAX };
    let measured = contents.answer.as_ref().map(|answer| answer.measured.clone());
    let mut facts: Vec<String> = measured.or_else(|| how_often(contents)).into_iter().collect();
    facts.extend(manifest.seed.map(|seed| format!("seed {seed}")));
    facts.push(format!("commonground {}", manifest.commonground));
    html! {
        header {
            p.kicker { "commonground " (manifest.command.get(1).map_or("", String::as_str)) }
            h1 { (title) }
            @for question in questions(contents).iter().take(most) { p.question { (question) } }
            p.facts { (facts.join(" · ")) }
            @if manifest.interrupted {
                p.caution { "Stopped early: what was done until then is told here." }
            }
            @if contents.answer.is_none() { (contents_list(contents)) }
        }
    }
}

/// Number of runs, and what they are of each of.
fn how_often(contents: &Contents) -> Option<String> {
    let manifest = &contents.manifest;
    if let (Some(cells), Some(runs)) = (manifest.cells, manifest.runs_of_each_cell) {
        return Some(format!("{}, {} of each on the same luck", counted(cells, "cell"), counted(runs, "run")));
    }
    let runs = counted(manifest.runs?, "run");
    Some(match manifest.futures {
        Some(futures) => format!("{}, {runs} of each design in each, on the same luck", counted(futures, "future")),
        None if contents.arms.len() > 1 => runs + " of each arm on the same luck",
        None => runs,
    })
}

fn contents_list(contents: &Contents) -> Markup {
    let parts = [
        ("findings", "Findings", contents.findings.is_empty()),
        ("charts", "Charts", contents.charts.is_empty()),
        ("tables", "Tables", contents.tables.is_empty()),
        ("rules", "The place and its rules", contents.arms.is_empty()),
        ("grounds", "Assumptions and sources", contents.arms.is_empty()),
        ("again", "How to do it again", false),
    ];
    html! {
        nav aria-label="Parts of this page" {
            ul {
                @for (id, name, _) in parts.iter().filter(|(_, _, empty)| !empty) {
                    li { a href={ "#" (id) } { (name) } }
                }
            }
        }
    }
}

fn findings(contents: &Contents) -> Markup {
    html! {
        @if !contents.findings.is_empty() {
            section #findings {
                h2 { "Findings" }
                ul.findings { @for finding in &contents.findings { li { (names_set_off(finding)) } } }
            }
        }
    }
}

/// What was found besides the answer, with every interval.
fn every_finding(contents: &Contents, answer: &Answer) -> Markup {
    html! {
        @if contents.findings != answer.sentences() && !contents.findings.is_empty() {
            section #every-finding {
                h2 { "Every finding" }
                ul.findings { @for finding in &contents.findings { li { (names_set_off(finding)) } } }
            }
        }
    }
}

/// A text in which names stand between backticks.
fn names_set_off(text: &str) -> Markup {
    html! {
        @for (position, part) in text.split('`').enumerate() {
            @if position % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn charts(charts: &[Picture]) -> Markup {
    html! {
        @if !charts.is_empty() {
            section #charts {
                h2 { "Charts" }
                @for chart in charts {
                    figure {
                        h3 { (heading(&chart.name)) }
                        div.picture { (PreEscaped(&chart.svg)) }
                        @if let Some(numbers) = &chart.table {
                            details {
                                summary { "The numbers of this chart" }
                                (table(numbers))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Kinds of chart of which there is one a measure, by how their names begin.
const KINDS: [(&str, &str); 5] = [
    ("shapley-", "Value of each rule"),
    ("first-and-last-", "Each rule first and last"),
    ("interactions-", "Rules together"),
    ("best-sets-", "The best sets of rules"),
    ("sensitivity-", "What it depends on"),
];

/// `need-met` → `Need met`, `shapley-need_met` → `Value of each rule: need met`.
fn heading(name: &str) -> String {
    let words = |name: &str| name.replace(['-', '_'], " ");
    let of_kind =
        KINDS.iter().find_map(|(begins, kind)| Some(format!("{kind}: {}", words(name.strip_prefix(begins)?))));
    of_kind.unwrap_or_else(|| capitalised(&words(name)))
}

fn tables(tables: &[Table]) -> Markup {
    html! {
        @if !tables.is_empty() {
            section #tables {
                h2 { "Tables" }
                @for part in tables { (table(part)) }
            }
        }
    }
}

/// A table that scrolls by itself where the screen is too narrow.
fn table(table: &Table) -> Markup {
    let numeric: Vec<bool> = (0..table.columns.len()).map(|column| table.is_number(column)).collect();
    let class = |column: usize| numeric.get(column).is_some_and(|numeric| *numeric).then_some("number");
    html! {
        div.scroll role="region" aria-label=(table.title) tabindex="0" {
            table {
                caption { (table.title) }
                thead {
                    tr {
                        @for (column, name) in table.columns.iter().enumerate() {
                            th scope="col" class=[class(column)] { (name) }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr class=[row.first().filter(|entry| !entry.text.is_empty()).map(|_| "first")] {
                            @for (column, entry) in row.iter().enumerate() {
                                // Most cells are numbers: the others have a class.
                                td class=[(!numeric.get(column).is_some_and(|numeric| *numeric)).then_some("words")] { (entry.text) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn rules(arms: &[Arm]) -> Markup {
    let first = arms.first().and_then(|arm| arm.told.as_ref().ok());
    html! {
        @if !arms.is_empty() {
            section #rules {
                h2 { "The place and its rules" }
                @for (position, arm) in arms.iter().enumerate() {
                    @if arms.len() > 1 { h3 { (arm.title()) } }
                    @match (&arm.told, first) {
                        (Ok(told), Some(first)) if position > 0 => {
                            (changes(&told.changes(first, &[ASSUMED, SOURCES]), arms.first().map_or("", Arm::title)))
                        },
                        (Ok(told), _) => (sections(told, arms.len() > 1)),
                        (Err(fault), _) => p.caution { "This version of commonground cannot read it: " (fault) },
                    }
                }
            }
        }
    }
}

fn sections(told: &Told, inner: bool) -> Markup {
    html! {
        @for section in told.sections.iter().filter(|section| ![ASSUMED, SOURCES].contains(&section.heading)) {
            (subheading(section.heading, inner))
            @for fact in &section.facts {
                p {
                    @if let Some(subject) = &fact.subject {
                        strong { (subject) }
                        @if let Some(principle) = fact.principle { " (" (principle) ")" }
                        ": "
                    }
                    (fact.body())
                }
            }
        }
    }
}

/// A heading below that of an arm, or where there is but one arm in its place.
fn subheading(words: &str, inner: bool) -> Markup {
    html! { @if inner { h4 { (words) } } @else { h3 { (words) } } }
}

/// What an arm says otherwise than the first.
fn changes(changes: &[Change], first: &str) -> Markup {
    html! {
        p {
            @if changes.is_empty() { "The place and its rules are those of “" (first) "”." }
            @else { "As in “" (first) "”, except for what follows." }
        }
        @for change in changes {
            h4 { (change.heading) }
            @for fact in &change.facts { (altered(fact)) }
        }
    }
}

fn altered(fact: &Altered) -> Markup {
    let Altered { about, now, before } = fact;
    html! {
        p {
            @if now.is_empty() {
                span.before { "Not here: " (about) @if !about.is_empty() { ": " } (before) }
            } @else {
                @if !about.is_empty() { strong { (about) } ": " }
                (now)
                @if !before.is_empty() { span.before { " In place of: " (before) } }
            }
        }
    }
}

/// What is assumed and where it comes from, of all arms together, each sentence once.
fn grounds(arms: &[Arm]) -> Markup {
    let all = |heading: &str| {
        let mut all: Vec<&Fact> = Vec::new();
        for fact in arms.iter().filter_map(|arm| arm.told.as_ref().ok()).flat_map(|told| told.section(heading)) {
            if !all.contains(&fact) {
                all.push(fact);
            }
        }
        all
    };
    html! {
        @if !arms.is_empty() {
            section #grounds {
                h2 { "Assumptions and sources" }
                @for heading in [ASSUMED, SOURCES] {
                    @let facts = all(heading);
                    @if !facts.is_empty() {
                        h3 { (heading) }
                        ul { @for fact in facts { li { (fact.paragraph()) } } }
                    }
                }
            }
        }
    }
}
