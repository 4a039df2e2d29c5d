//! What the browser loads: pages, script and style, as they stand in `assets/classroom`, and the code to be scanned.

use qrcode::{Color, QrCode};
use std::borrow::Cow;
use std::fmt::Write;

/// A file for the browser.
#[derive(Clone)]
pub(super) struct Asset {
    pub(super) path: &'static str,
    pub(super) kind: &'static str,
    pub(super) text: Cow<'static, str>,
}

const PAGE: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! file {
    ($path:literal, $kind:expr, $name:literal) => {
        Asset {
            path: $path,
            kind: $kind,
            text: Cow::Borrowed(include_str!(concat!("../../../assets/classroom/", $name))),
        }
    };
}

/// What all pages have in common.
const SHELL: &str = include_str!("../../../assets/classroom/page.html");

/// All of them.
pub(super) fn all() -> impl Iterator<Item = Asset> {
    let page = |path, role, title| Asset {
        path,
        kind: PAGE,
        text: Cow::Owned(SHELL.replace("TITLE", title).replace("ROLE", role)),
    };
    let pages = [
        page("/", "pupil", "Your seat"),
        page("/teacher", "teacher", "Teacher"),
        page("/projector", "projector", "The class"),
        page("/demo", "demo", "Rehearsal"),
    ];
    pages.into_iter().chain(FILES.iter().cloned())
}

/// Those that stand in a file of their own.
static FILES: [Asset; 9] = [
    file!("/style.css", "text/css; charset=utf-8", "style.css"),
    file!("/icon.svg", "image/svg+xml", "icon.svg"),
    file!("/room.js", SCRIPT, "room.js"),
    file!("/chart.js", SCRIPT, "chart.js"),
    file!("/words.js", SCRIPT, "words.js"),
    file!("/pupil.js", SCRIPT, "pupil.js"),
    file!("/teacher.js", SCRIPT, "teacher.js"),
    file!("/projector.js", SCRIPT, "projector.js"),
    file!("/demo.js", SCRIPT, "demo.js"),
];

/// Modules of white around the code, as its standard asks for.
const QUIET: usize = 4;

/// An address as a code to be scanned, drawn as SVG.
pub(super) fn qr(address: &str) -> Option<String> {
    let code = QrCode::new(address.as_bytes()).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (index, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            write!(path, "M{} {}h1v1h-1z", index % width + QUIET, index / width + QUIET).ok()?;
        }
    }
    let side = width + 2 * QUIET;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\">\
         <title>Code to scan with a phone, to join the class</title>\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

/// The same for a terminal, in half blocks.
pub fn qr_lines(address: &str) -> Option<String> {
    let code = QrCode::new(address.as_bytes()).ok()?;
    // Light on dark, as most terminals are: what is white in print are the full blocks.
    let render = &mut code.render::<qrcode::render::unicode::Dense1x2>();
    Some(
        render
            .dark_color(qrcode::render::unicode::Dense1x2::Light)
            .light_color(qrcode::render::unicode::Dense1x2::Dark)
            .build(),
    )
}
