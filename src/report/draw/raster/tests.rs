//! What a PNG promises: size, letters where the SVG has them, kerned, and no panic on any numbers.

use super::super::sketch::{BLACK, WHITE, Weight};
use super::super::tests::{hostile, survival, usual};
use super::super::{Figure, png};
use super::encode;
use super::outlines::Outlines;
use tiny_skia::{ColorU8, Pixmap};

/// The picture, its size, and red, green and blue of each pixel.
fn decoded(file: &[u8]) -> ((u32, u32), Vec<[u8; 3]>) {
    let mut decoder = ::png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(::png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(frame.color_type, ::png::ColorType::Rgb);
    let pixels = bytes.as_chunks::<3>().0;
    ((frame.width, frame.height), pixels.to_vec())
}

fn picture(figure: &Figure) -> ((u32, u32), Vec<[u8; 3]>) {
    decoded(&png(figure).unwrap())
}

#[test]
fn a_png_has_two_pixels_a_point() {
    assert_eq!(picture(&survival(0.5)).0, (2400, 1500));
}

#[test]
fn any_numbers_and_words_make_a_picture_with_white_edges_and_black_words() {
    for figure in usual().iter().step_by(9).chain(hostile().iter().step_by(37)) {
        let ((width, height), pixels) = picture(figure);
        assert_eq!(pixels.len(), width as usize * height as usize);
        assert!(pixels[..width as usize].iter().all(|pixel| *pixel == [WHITE.0, WHITE.1, WHITE.2]));
        assert!(pixels.contains(&[BLACK.0, BLACK.1, BLACK.2]), "{}", figure.title);
    }
}

#[test]
fn letters_that_lean_towards_each_other_stand_closer() {
    let outlines = Outlines::load().unwrap();
    for weight in [Weight::Regular, Weight::Bold] {
        let width = |text: &str| outlines.line(text, weight).width;
        let closer = width("A") + width("V") - width("AV");
        assert!((0.01..0.1).contains(&closer), "{closer}");
        assert!((width("H") + width("H") - width("HH")).abs() < 1e-6);
    }
}

#[test]
fn letters_stand_on_the_base_line_from_the_start_of_the_line() {
    let outlines = Outlines::load().unwrap();
    let line = outlines.line("HH", Weight::Regular);
    let bounds = line.path.unwrap().bounds();
    assert!(bounds.bottom().abs() < 1e-6 && (bounds.top() + 0.711).abs() < 1e-3, "{bounds:?}");
    assert!(bounds.left() > 0.0 && bounds.right() < line.width, "{bounds:?} in {}", line.width);
}

#[test]
fn a_letter_the_font_lacks_is_a_box_and_one_without_width_is_nothing() {
    let outlines = Outlines::load().unwrap();
    let line = |text: &str| outlines.line(text, Weight::Regular);
    assert!(line("中").path.is_some() && line("中").width > 0.2);
    assert!(line("\u{200B}\u{FE0F}").path.is_none());
    assert!((line("a\u{200B}b").width - line("ab").width).abs() < 1e-6);
}

/// A ground of 20 × 20 pixels, of so many colours in turn.
fn ground(colours: usize) -> Pixmap {
    let mut picture = Pixmap::new(20, 20).unwrap();
    for (number, pixel) in picture.pixels_mut().iter_mut().enumerate() {
        let colour = number % colours;
        *pixel = ColorU8::from_rgba(colour as u8, (colour >> 4) as u8, 7, u8::MAX).premultiply();
    }
    picture
}

#[test]
fn every_pixel_reads_back_whether_or_not_its_colours_can_be_numbered() {
    for colours in [1, 6, 256, 257, 400] {
        let picture = ground(colours);
        let file = encode::png(&picture).unwrap();
        let is_numbered = file[25] == ::png::ColorType::Indexed as u8;
        assert_eq!(is_numbered, colours <= 256, "{colours}");
        let pixels = picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]);
        assert_eq!(decoded(&file), ((20, 20), pixels.collect()), "{colours}");
    }
}
