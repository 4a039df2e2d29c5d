//! Pixels as a PNG file: by the numbers of their colours where there are few, as in nearly every chart, and packed lightly.

use std::collections::HashMap;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use tiny_skia::Pixmap;

/// Colours that a file can number.
const MOST_COLOURS: usize = 256;
/// Measured on charts: about ten times as fast as the usual packing, and with numbered colours no larger.
const PACKING: DeflateCompression = DeflateCompression::Level(1);

type Colour = [u8; 3];

/// The picture, which lets nothing through, as a file.
pub(super) fn png(picture: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let colours: Vec<Colour> =
        picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(PACKING);
    encoder.set_filter(Filter::NoFilter);
    let pixels = if let Some((palette, numbers)) = numbered(&colours) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette.into_flattened());
        numbers
    } else {
        encoder.set_color(ColorType::Rgb);
        colours.into_flattened()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}

/// The colours in the order in which they are met, and for each pixel the number of its colour; none if there are too many.
fn numbered(pixels: &[Colour]) -> Option<(Vec<Colour>, Vec<u8>)> {
    let mut palette: Vec<Colour> = Vec::new();
    let mut known: HashMap<Colour, u8> = HashMap::new();
    let mut numbers = Vec::with_capacity(pixels.len());
    let mut before: Option<(Colour, u8)> = None;
    for colour in pixels {
        let number = match before {
            Some((same, number)) if same == *colour => number,
            _ => match known.get(colour) {
                Some(number) => *number,
                None if palette.len() == MOST_COLOURS => return None,
                None => {
                    let number = palette.len() as u8;
                    palette.push(*colour);
                    known.insert(*colour, number);
                    number
                }
            },
        };
        before = Some((*colour, number));
        numbers.push(number);
    }
    Some((palette, numbers))
}
