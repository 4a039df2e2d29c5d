//! A picture before it is painted: a list of marks in points of a page that grows downwards.
//!
//! Layout writes marks here and never meets the drawing library, so a test can ask where every word stands.

use super::lettering::Lettering;

/// A place on the page: points from the left edge, points from the top.
pub(super) type Point = (f64, f64);

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(pub(super) u8, pub(super) u8, pub(super) u8);

/// Words that matter most, and axes.
pub(super) const BLACK: Ink = Ink(0x1A, 0x1A, 0x1A);
/// Words that explain.
pub(super) const GREY: Ink = Ink(0x4D, 0x4D, 0x4D);
/// Grid lines.
pub(super) const PALE: Ink = Ink(0xDE, 0xDE, 0xDE);
/// Lines that stand behind others for comparison.
pub(super) const SHADE: Ink = Ink(0xB4, 0xB4, 0xB4);
/// The ground.
pub(super) const WHITE: Ink = Ink(0xFF, 0xFF, 0xFF);

/// The colours of series, in the order in which they are used; the palette of the UK Government Analysis Function.
pub(super) const PALETTE: [Ink; 6] = [
    Ink(0x12, 0x43, 0x6D),
    Ink(0x28, 0xA1, 0x97),
    Ink(0x80, 0x16, 0x50),
    Ink(0xF4, 0x6A, 0x25),
    Ink(0x3D, 0x3D, 0x3D),
    Ink(0xA2, 0x85, 0xD1),
];

/// A box on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn middle(&self) -> Point {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }
}

/// How a line is broken, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Dash {
    Solid,
    Broken { mark: f64, gap: f64 },
}

/// The dashes of series, in the order in which they are used.
pub(super) const DASHES: [Dash; 4] = [
    Dash::Solid,
    Dash::Broken { mark: 11.0, gap: 4.0 },
    Dash::Broken { mark: 3.0, gap: 3.0 },
    Dash::Broken { mark: 22.0, gap: 5.0 },
];

/// Colour, width and dash of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) ink: Ink,
    pub(super) width: f64,
    pub(super) dash: Dash,
}

impl Stroke {
    pub(super) const fn solid(ink: Ink, width: f64) -> Self {
        Self { ink, width, dash: Dash::Solid }
    }
}

/// Size of an em in points, and weight, of words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) weight: Weight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Type {
    pub(super) const TITLE: Self = Self::new(27.0, Weight::Bold);
    pub(super) const SUBTITLE: Self = Self::new(17.0, Weight::Regular);
    pub(super) const LABEL: Self = Self::new(16.0, Weight::Bold);
    pub(super) const BODY: Self = Self::new(15.0, Weight::Regular);
    pub(super) const NOTE: Self = Self::new(13.0, Weight::Regular);

    const fn new(size: f64, weight: Weight) -> Self {
        Self { size, weight }
    }

    /// Distance between the base lines of two lines of text.
    pub(super) fn leading(self) -> f64 {
        (self.size * 1.25).round()
    }

    /// Height of a capital letter, by which a line of text is centred on a point.
    pub(super) fn capital(self) -> f64 {
        self.size * 0.711
    }
}

/// Which end of a line of text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    pub(super) text: String,
    /// Where the anchor stands on the base line.
    pub(super) at: Point,
    pub(super) anchor: Anchor,
    pub(super) font: Type,
    pub(super) ink: Ink,
}

/// One thing to paint.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Words(Words),
    Line {
        points: Vec<Point>,
        stroke: Stroke,
    },
    /// A filled polygon; opacity from 0 to 1.
    Area {
        points: Vec<Point>,
        ink: Ink,
        opacity: f64,
    },
    Disc {
        centre: Point,
        radius: f64,
        ink: Ink,
    },
    /// A circle in outline, white inside.
    Ring {
        centre: Point,
        radius: f64,
        ink: Ink,
    },
}

/// A page and what is on it, in the order of painting.
pub(super) struct Sketch {
    pub(super) lettering: Lettering,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) marks: Vec<Mark>,
}

impl Sketch {
    pub(super) fn words(&mut self, text: &str, at: Point, anchor: Anchor, font: Type, ink: Ink) {
        self.marks.push(Mark::Words(Words { text: text.to_owned(), at, anchor, font, ink }));
    }

    /// Lines of text below each other, the first with its base line at `at`.
    pub(super) fn paragraph(&mut self, lines: &[String], at: Point, anchor: Anchor, font: Type, ink: Ink) {
        for (number, line) in lines.iter().enumerate() {
            let y = at.1 + number as f64 * font.leading();
            self.words(line, (at.0, y), anchor, font, ink);
        }
    }

    /// Lines of text centred, as a block, on the height of `at`.
    pub(super) fn centred(&mut self, lines: &[String], at: Point, anchor: Anchor, font: Type, ink: Ink) {
        let above = lines.len().saturating_sub(1) as f64 * font.leading() / 2.0;
        let first = at.1 - above + font.capital() / 2.0;
        self.paragraph(lines, (at.0, first), anchor, font, ink);
    }

    pub(super) fn line(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.marks.push(Mark::Line { points, stroke });
    }

    pub(super) fn area(&mut self, points: Vec<Point>, ink: Ink, opacity: f64) {
        self.marks.push(Mark::Area { points, ink, opacity });
    }

    pub(super) fn rectangle(&mut self, rect: Rect, ink: Ink, opacity: f64) {
        let points =
            vec![(rect.left, rect.top), (rect.right, rect.top), (rect.right, rect.bottom), (rect.left, rect.bottom)];
        self.area(points, ink, opacity);
    }

    pub(super) fn disc(&mut self, centre: Point, radius: f64, ink: Ink) {
        self.marks.push(Mark::Disc { centre, radius, ink });
    }

    pub(super) fn ring(&mut self, centre: Point, radius: f64, ink: Ink) {
        self.marks.push(Mark::Ring { centre, radius, ink });
    }

    pub(super) fn diamond(&mut self, centre: Point, radius: f64, ink: Ink) {
        let (x, y) = centre;
        let points = vec![(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)];
        self.area(points, ink, 1.0);
    }
}
