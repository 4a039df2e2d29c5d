//! The answer at the top of a page: the verdict, the table, the findings, and what is traded for what.

use maud::{Markup, html};

use super::plane::{self, NARROW, WIDE};
use super::{changes, cloud, dots};
use crate::report::answer::{Answer, Cell, Column, Grid, INTERVAL, Judged, Verdict, sign};
use crate::report::phrase::capitalised;

/// All of the answer but its title.
pub(super) fn shown(answer: &Answer) -> Markup {
    html! {
        section.verdict #verdict aria-label="Verdict" { (verdict(&answer.verdict)) }
        @let has_pictures = answer.plane.is_some() || answer.cloud.is_some() || answer.changes.is_some() || answer.dots.is_some();
        div class=(if has_pictures { "two" } else { "one" }) {
            section #findings {
                (table(answer))
                @if !answer.findings.is_empty() {
                    ol.findings { @for finding in &answer.findings { li { (finding) } } }
                }
            }
            @if answer.cloud.is_some() || answer.changes.is_some() { (pairs(answer)) }
            @if let Some(found) = &answer.dots {
                section #dots {
                    h2 { (found.title) }
                    figure {
                        (dots::svg(found, WIDE))
                        (dots::svg(found, NARROW))
                        figcaption { "A dot a point that the evidence leaves open. Hollow: in between, or no number decides. Counts leave out what luck leaves open." }
                    }
                }
            }
            @if let Some(plane) = &answer.plane {
                section #plane {
                    h2 { (plane.title) }
                    figure {
                        (plane::svg(plane, WIDE))
                        (plane::svg(plane, NARROW))
                        figcaption { "Beside each name its margin. Crosses: " (plane.level) " intervals of the means. " (plane.filled_means) }
                    }
                }
            }
        }
    }
}

/// What two designs have instead of a plane: for whom it changes, and in how many pairs of runs both things happen.
fn pairs(answer: &Answer) -> Markup {
    html! {
        section #pairs {
            @if let Some(found) = &answer.changes {
                h2 { (found.title) }
                figure {
                    (changes::svg(found, WIDE))
                    (changes::svg(found, NARROW))
                    figcaption { "Ring: " (found.designs[0]) ". Dot: " (found.designs[1]) "." }
                }
            }
            @if let Some(found) = &answer.cloud {
                h2 { (found.title) }
                figure {
                    (cloud::svg(found, WIDE))
                    (cloud::svg(found, NARROW))
                    figcaption { "A dot a pair of runs on the same random numbers. In the corners: share of all pairs." }
                }
            }
        }
    }
}

fn verdict(verdict: &Verdict) -> Markup {
    html! {
        @match verdict {
            Verdict::Given(lines) => dl { @for line in lines { div { dt { (line.head) } dd { (line.text) } } } },
            Verdict::Withheld(why) => p { (why) },
        }
    }
}

/// The table for 80 columns; what finds no room on a phone is said to stand on wider screens.
fn table(answer: &Answer) -> Markup {
    let grid = &answer.narrow;
    let hidden = grid.columns.iter().filter(|column| is_less(column, grid)).count();
    html! {
        @if !grid.rows.is_empty() {
            table.matrix {
                caption {
                    @if !grid.caption.is_empty() { (capitalised(&grid.caption)) ". " }
                    @for note in &answer.notes { (note) " " }
                    @if hidden > 0 { span.narrow { "More columns on a wider screen." } }
                }
                thead {
                    tr {
                        @for column in &grid.columns {
                            @let head = column.head.join(" ");
                            @if head.trim().is_empty() { td {} } @else { th scope="col" class=[class(column, grid)] { (head.trim()) } }
                        }
                    }
                }
                tbody { @for row in &grid.rows { tr { (cells(row, grid)) } } }
            }
        }
    }
}

fn cells(row: &[Cell], grid: &Grid) -> Markup {
    let name = grid.columns.iter().take_while(|column| !column.number).count().saturating_sub(1);
    html! {
        @for (at, (cell, column)) in row.iter().zip(&grid.columns).enumerate() {
            @if at == name {
                th scope="row" { (cell.text) }
            } @else {
                td class=[class(column, grid)] {
                    (cell.text)
                    @if let Some(judged) = cell.judged { (mark(judged)) }
                }
            }
        }
    }
}

/// The sign of a judgement, and the word for whoever cannot see it.
fn mark(judged: Judged) -> Markup {
    let word = match judged {
        Judged::Better => "better",
        Judged::Worse => "worse",
        Judged::Same => "about the same",
        Judged::Unclear => "not clear",
        Judged::Neither => return html! {},
    };
    let class = format!("mark {}", word.split(' ').next_back().unwrap_or_default());
    html! { span class=(class) { span aria-hidden="true" { (sign(judged)) } span.vh { " " (word) } } }
}

/// Columns of a table of many designs that a phone has no room for.
fn is_less(column: &Column, grid: &Grid) -> bool {
    const MOST: usize = 4;
    let mut ranks: Vec<u8> =
        grid.columns.iter().filter(|column| column.number && column.rank > 0).map(|column| column.rank).collect();
    ranks.sort_unstable();
    ranks.get(MOST).is_some_and(|first_left_out| column.rank >= *first_left_out) || column.head[1].ends_with(INTERVAL)
}

fn class(column: &Column, grid: &Grid) -> Option<&'static str> {
    match (column.number, is_less(column, grid)) {
        (true, true) => Some("number wide"),
        (true, false) => Some("number"),
        (false, _) => None,
    }
}
