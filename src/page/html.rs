//! The page as HTML: what can be read without a script, and the room in which the script builds the rest.

use super::assets;
use super::cast::Cast;
use super::encode::in_page;
use super::verdict::Verdict;
use crate::experiment::recording::Recording;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The whole file.
pub(super) fn page(cast: &Cast, recording: &Recording, verdict: &Verdict, still: &str, data: &Value) -> String {
    let script = assets::script();
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(assets::STYLE)
    );
    let title = cast.title();
    let markup = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content={ "commonground " (crate::identity::VERSION) };
                title { (title) " – commonground" }
                link rel="icon" href="data:,";
                style { (PreEscaped(assets::STYLE)) }
            }
            body {
                a.skip href="#app" { "Skip to the content" }
                header { div.in { span.brand { "commonground" } span.kind { "simulated runs" } } }
                (without_script(cast, recording, verdict, still))
                main #app tabindex="-1" hidden {}
                script type="application/json" id="data" { (PreEscaped(in_page(data))) }
                script type="module" { (PreEscaped(script)) }
            }
        }
    };
    markup.into_string()
}

/// The verdict and a picture at the setting of the scenarios themselves.
fn without_script(cast: &Cast, recording: &Recording, verdict: &Verdict, still: &str) -> Markup {
    html! {
        main #still {
            h1 { (cast.title()) }
            p.head { (verdict.head) }
            section.card.verdict aria-labelledby="still-verdict" {
                h2 #still-verdict { "The verdict" }
                ol { @for line in &verdict.lines { li { b { (line.lead) } " " span { (line.text) } } } }
            }
            section.card {
                h2 #still-title { "The middle of " (recording.options.runs) " runs, and the band that holds nine in ten" }
                (PreEscaped(still))
            }
            @if let Some(evidence) = cast.evidence() {
                section.card {
                    h2 { "Over all that the evidence leaves open" }
                    p { (evidence.head) }
                    ul {
                        @for line in &evidence.verdict { li { b { (line.head) } " " (line.text) } }
                        @for finding in &evidence.findings { li { (finding) } }
                    }
                }
            }
            p.note { "These are simulated runs, not observations. This viewer runs no scripts, so this is a still picture; open the file in a browser to play the runs and to turn the knobs." }
        }
    }
}

/// What a policy calls a script or a style by.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
