//! The page that is served: the room that its script fills.

use crate::identity::VERSION;
use maud::{DOCTYPE, html};

/// The whole document.
pub(super) fn page() -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content={ "commonground " (VERSION) };
                title { "commonground" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/page/page.css";
            }
            body {
                a.skip href="#app" { "Skip to the content" }
                header { div.in { span.brand { "commonground" } span.kind { "simulated runs, live" } } }
                noscript { main { h1 { "This page needs scripts" } p { "A page with recorded runs that can be read without: " code { "commonground page" } "." } } }
                main #app tabindex="-1" { h1 { "The first runs are being made …" } }
                script type="module" src="/page/live.js" {}
            }
        }
    };
    markup.into_string()
}
