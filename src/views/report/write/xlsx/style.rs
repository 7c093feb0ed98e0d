//! How the workbook looks.
//!
//! For: formats shared by all sheets. Not for: content. Invariant: fonts are ones that both WPS and
//! Excel have or replace well; colour never carries meaning alone.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// The formats of the workbook.
pub(super) struct Styles {
    /// Title of a sheet.
    pub(super) title: Format,
    /// Heading of a table within a sheet.
    pub(super) section: Format,
    /// Column headings.
    pub(super) head: Format,
    /// Text cells: wrapped.
    pub(super) text: Format,
    /// Text cells that lead elsewhere.
    pub(super) link: Format,
    /// Counts.
    pub(super) count: Format,
    /// Numbers with one decimal.
    pub(super) number: Format,
    /// Sums of text columns.
    pub(super) total: Format,
    /// Sums of counts.
    pub(super) total_count: Format,
    /// Running text.
    pub(super) note: Format,
    /// What must not be overlooked.
    pub(super) grave: Format,
}

/// The typeface: 等线 comes with both suites for Chinese.
const FONT: &str = "等线";

impl Styles {
    /// All formats.
    pub(super) fn new() -> Styles {
        let base = Format::new().set_font_name(FONT).set_font_size(10.0);
        let cell = base
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00BF_C5CC))
            .set_align(FormatAlign::VerticalCenter);
        let total = cell.clone().set_bold().set_background_color(Color::RGB(0x00F2_F4F7));
        Styles {
            title: base.clone().set_bold().set_font_size(16.0).set_align(FormatAlign::VerticalCenter),
            section: base.clone().set_bold().set_font_size(12.0).set_font_color(Color::RGB(0x001F_3A5F)),
            head: cell
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x001F_3A5F)),
            text: cell.clone().set_text_wrap(),
            link: cell
                .clone()
                .set_text_wrap()
                .set_underline(FormatUnderline::Single)
                .set_font_color(Color::RGB(0x001F_4E9E)),
            count: cell.clone().set_num_format("0").set_align(FormatAlign::Right).set_indent(1),
            number: cell.clone().set_num_format("0.0").set_align(FormatAlign::Right).set_indent(1),
            total: total.clone(),
            total_count: total.set_num_format("0").set_align(FormatAlign::Right).set_indent(1),
            grave: Format::new().set_bold().set_font_color(Color::RGB(0x00B4_2318)),
            note: base.set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}
