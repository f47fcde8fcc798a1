//! Colours and their contrast (WCAG 2.2, "relative luminance" and "contrast ratio").

use std::fmt;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// A contrast ratio, from 1 to 21.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Contrast(f64);

/// The least contrast of text (WCAG 2.2, 1.4.3).
pub(super) const MIN_CONTRAST: Contrast = Contrast(4.5);

/// The darkest background of pages in light colours (`--ice` of the style sheet).
pub(super) const SNOW: Colour = Colour([0xea, 0xf1, 0xf8]);

/// The lightest background of pages in dark colours (`--ice` of the style sheet).
pub(super) const NIGHT: Colour = Colour([0x1b, 0x20, 0x30]);

const WHITE: Colour = Colour([0xff, 0xff, 0xff]);
const BLACK: Colour = Colour([0, 0, 0]);

/// The page backgrounds (`--snow` of the style sheet), of which tints are mixed.
const LIGHT_PAGE: Colour = Colour([0xfb, 0xfc, 0xfe]);
const DARK_PAGE: Colour = Colour([0x12, 0x14, 0x1f]);

impl Colour {
    /// Parses `#1f5a9e`, or the short form `#15e`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => {
                let [_, red, green, blue] = number.to_be_bytes();
                Some(Self([red, green, blue]))
            }
            3 => {
                let digit = |shift: u32| u8::try_from(number >> shift & 0xf).unwrap_or(0) * 17;
                Some(Self([digit(8), digit(4), digit(0)]))
            }
            _ => None,
        }
    }

    pub(super) fn contrast(self, other: Self) -> Contrast {
        let (one, two) = (self.luminance(), other.luminance());
        Contrast((one.max(two) + 0.05) / (one.min(two) + 0.05))
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.040_45 {
                channel / 12.92
            } else {
                ((channel + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// This colour with a share of another, in percent.
    fn mixed(self, other: Self, percent: u16) -> Self {
        let mut channels = self.0;
        for (channel, other) in channels.iter_mut().zip(other.0) {
            let sum = u16::from(*channel) * (100 - percent) + u16::from(other) * percent;
            *channel = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        Self(channels)
    }

    /// A background with at most a share of this colour, in percent, on which this colour can
    /// still be read.
    fn tint_of(self, background: Self, percent: u16) -> Self {
        let mut tints = (0..=percent).rev().map(|share| background.mixed(self, share));
        tints.find(|tint| self.contrast(*tint) >= MIN_CONTRAST).unwrap_or(background)
    }

    /// The nearest darker or lighter colour that can be read on a background.
    pub(super) fn readable_on(self, background: Self) -> Self {
        let end = if background.luminance() > 0.18 { BLACK } else { WHITE };
        let mut shades = (0..=100).map(|percent| self.mixed(end, percent));
        shades.find(|shade| shade.contrast(background) >= MIN_CONTRAST).unwrap_or(end)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Contrast {
    /// Text with one digit, rounded down, so that 4.49 is not shown as 4.5.
    pub(super) fn floor_tenth(self) -> String {
        format!("{:.1}", (self.0 * 10.0).floor() / 10.0)
    }
}

/// The colours that follow from a city's own: for links, for hovered links, for tinted backgrounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    pub accent: [Colour; 2],
    pub deep: [Colour; 2],
    pub tint: [Colour; 2],
}

impl Palette {
    /// A palette for light and dark pages. Without a colour for dark pages, a lighter shade is
    /// used.
    pub(super) fn new(light: Option<Colour>, dark: Option<Colour>) -> Self {
        let light = light.unwrap_or(Colour([0x1f, 0x5a, 0x9e]));
        let dark = dark.unwrap_or_else(|| light.mixed(WHITE, 55).readable_on(NIGHT));
        Self {
            accent: [light, dark],
            deep: [light.mixed(BLACK, 35), dark.mixed(WHITE, 45)],
            tint: [light.tint_of(LIGHT_PAGE, 6), dark.tint_of(DARK_PAGE, 10)],
        }
    }

    /// The style sheet's rules for this palette.
    #[must_use]
    pub fn css(&self) -> String {
        let rules = |scheme: usize| {
            let (accent, deep, tint) = (self.accent[scheme], self.deep[scheme], self.tint[scheme]);
            format!(":root{{--accent:{accent};--deep:{deep};--mist:{tint}}}")
        };
        format!("{}\n@media (prefers-color-scheme:dark){{{}}}\n", rules(0), rules(1))
    }
}

impl Default for Palette {
    fn default() -> Self {
        Self::new(None, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_agrees_with_examples_of_wcag() {
        assert_eq!(BLACK.contrast(WHITE).floor_tenth(), "21.0");
        let grey = Colour::parse("#777").unwrap_or(BLACK);
        assert_eq!(grey.contrast(WHITE).floor_tenth(), "4.4");
        for text in ["777", "#77", "#12345g", "#+12345", "red", "#1234567"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn palette_of_any_colour_is_readable() {
        for number in (0..0x0100_0000_u32).step_by(99_991) {
            let [_, red, green, blue] = number.to_be_bytes();
            let light = Colour([red, green, blue]).readable_on(SNOW);
            let palette = Palette::new(Some(light), None);
            let pages = [[LIGHT_PAGE, SNOW], [DARK_PAGE, NIGHT]];
            for (scheme, pages) in pages.into_iter().enumerate() {
                for page in pages.into_iter().chain([palette.tint[scheme]]) {
                    for colour in [palette.accent[scheme], palette.deep[scheme]] {
                        let contrast = colour.contrast(page);
                        assert!(contrast >= MIN_CONTRAST, "{colour} on {page}: {contrast:?}");
                    }
                }
            }
        }
    }
}
