//! Tables for spreadsheets: what their columns are, and their rows as CSV.
//!
//! A [`Column`] is defined once; the head of the CSV file, the Table Schema of the Data Package and the CSVW
//! description all come from it.
//!
//! The dialect is RFC 4180: commas, `"` where needed, CRLF, a head. Two choices are for spreadsheets:
//! - The text is UTF-8 *with* a byte order mark. Without one, Excel reads a CSV file in the machine's old code page and
//!   turns Chinese into noise. What reads UTF-8 by the standard skips the mark: the WHATWG decoder, Python's
//!   `utf-8-sig`, R, pandas, spreadsheets.
//! - No cell starts a formula. A text that begins with `=`, `+`, `-`, `@`, a tab or a line end would be run by a
//!   spreadsheet (OWASP, "CSV Injection"); it gets an apostrophe before it, which says "text" there. So do the
//!   full-width forms of these signs, which Chinese and Japanese editions read alike. Numbers are no text.

pub(crate) mod bulletins;
pub(crate) mod goal_columns;
pub(crate) mod goals;
pub(crate) mod progress;

use bytes::Bytes;

/// What Excel needs to know a text as UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table with everything that describes it.
pub(crate) struct Table {
    /// Its name in the Data Package, and that of its file without `.csv`.
    pub(crate) name: &'static str,
    /// What it is called: language tag and text.
    pub(crate) titles: Titles,
    /// What its rows are.
    pub(crate) description: &'static str,
    /// Its columns, in order.
    pub(crate) columns: Vec<Column>,
    /// The column that names each row, if one does.
    pub(crate) primary_key: Option<&'static str>,
    /// The file.
    pub(crate) csv: Bytes,
}

/// What something is called in the languages that Gazette itself speaks, by their tags.
pub(crate) type Titles = [(&'static str, String); 2];

/// A title in English and in Chinese.
pub(crate) fn titles(english: impl Into<String>, chinese: impl Into<String>) -> Titles {
    [("en", english.into()), ("zh", chinese.into())]
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnType {
    /// Words.
    Text,
    /// A number with a point.
    Number,
    /// A count.
    Integer,
    /// `true` or `false`.
    Flag,
    /// ISO 8601, a day.
    Date,
    /// An absolute address.
    Url,
    /// Absolute addresses, a space between them.
    Urls,
}

/// A column of a table.
pub(crate) struct Column {
    /// Its head: lower snake case. It never changes.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) titles: Titles,
    /// What it says, and when it is empty.
    pub(crate) description: &'static str,
    /// What it holds.
    pub(crate) kind: ColumnType,
    /// What its numbers count, where all of them count the same.
    pub(crate) unit: Option<&'static str>,
    /// Whether every row has it.
    pub(crate) is_required: bool,
    /// Whether no two rows have the same.
    pub(crate) is_unique: bool,
    /// The only values that it can have, if they are few.
    pub(crate) choices: Vec<&'static str>,
    /// The least number.
    pub(crate) minimum: Option<u32>,
    /// The language that its words are in, where it is one.
    pub(crate) language: Option<String>,
    /// The table and column that its values are from.
    pub(crate) refers_to: Option<(&'static str, &'static str)>,
}

/// What stands in a place of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing is known.
    Empty,
    /// Words, which could be anything.
    Text(String),
    /// What the program wrote itself: a date, a flag, an address of the site.
    Plain(String),
    /// A number.
    Number(f64),
}

/// A column, and what a row has in it.
pub(crate) struct Field<'f, R> {
    column: Column,
    cell: Box<dyn Fn(&R) -> Cell + 'f>,
}

impl<'f, R> Field<'f, R> {
    /// A column that may be empty.
    pub(crate) fn new(
        name: impl Into<String>,
        kind: ColumnType,
        titles: Titles,
        description: &'static str,
        cell: impl Fn(&R) -> Cell + 'f,
    ) -> Self {
        let column = Column {
            name: name.into(),
            titles,
            description,
            kind,
            unit: None,
            is_required: false,
            is_unique: false,
            choices: Vec::new(),
            minimum: None,
            language: None,
            refers_to: None,
        };
        Self { column, cell: Box::new(cell) }
    }

    /// The column with what else is true of it.
    pub(crate) fn with(mut self, set: impl FnOnce(&mut Column)) -> Self {
        set(&mut self.column);
        self
    }

    /// The column, which no row leaves empty.
    pub(crate) fn required(self) -> Self {
        self.with(|column| column.is_required = true)
    }

    /// The column, which holds one of a few words.
    pub(crate) fn one_of(self, choices: Vec<&'static str>) -> Self {
        self.with(|column| column.choices = choices)
    }

    /// The column, whose numbers are shares of one.
    pub(crate) fn share(self) -> Self {
        self.with(|column| column.unit = Some("1"))
    }
}

impl Cell {
    /// Something that the program wrote itself, if it is there.
    pub(crate) fn plain(value: Option<impl Into<String>>) -> Self {
        value.map_or(Self::Empty, |value| Self::Plain(value.into()))
    }

    /// Words, if there are any.
    pub(crate) fn text(value: Option<impl Into<String>>) -> Self {
        value.map_or(Self::Empty, |value| Self::Text(value.into()))
    }

    /// A number, if there is one.
    pub(crate) fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    fn written(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) if starts_a_formula(text) => format!("'{text}"),
            Self::Text(text) | Self::Plain(text) => text.clone(),
            // The shortest decimal that reads back as the same number, never with an exponent.
            // Adding zero takes the sign from a zero.
            Self::Number(number) => (number + 0.0).to_string(),
        }
    }
}

/// Whether a spreadsheet would take a text as something to run. Blanks before it are skipped, as some do.
fn starts_a_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// The name of a column that a table has in each language: `title_en`, `title_pt_br`.
pub(crate) fn name_in(name: &str, tag: &str) -> String {
    format!("{name}_{}", tag.replace('-', "_").to_lowercase())
}

/// The rows as a file.
///
/// # Errors
/// Never in practice: the writer writes to memory.
pub(crate) fn csv<R>(fields: &[Field<'_, R>], rows: &[R]) -> Result<Bytes, csv::Error> {
    let file = BYTE_ORDER_MARK.to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    writer.write_record(fields.iter().map(|field| field.column.name.as_str()))?;
    for row in rows {
        writer.write_record(fields.iter().map(|field| (field.cell)(row).written()))?;
    }
    let file = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(Bytes::from(file))
}

/// The columns of fields, for those who describe them.
pub(crate) fn columns<R>(fields: Vec<Field<'_, R>>) -> Vec<Column> {
    fields.into_iter().map(|field| field.column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        Cell::Text(text.to_owned()).written()
    }

    #[test]
    fn no_text_starts_a_formula() {
        for formula in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1",
            "＠x", "\tx",
        ] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        for harmless in ["", "1 = 1", "a-b", "'=1", "新增就业=1", "—", "https://lake.example/?a=1"]
        {
            assert_eq!(text(harmless), harmless);
        }
    }

    #[test]
    fn numbers_are_plain_decimals_and_no_text() {
        for (number, written) in [
            (41_200.0, "41200"),
            (-0.5, "-0.5"),
            (1e21, "1000000000000000000000"),
            (0.1, "0.1"),
            (-0.0, "0"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(Cell::Number(number).written(), written);
        }
        assert_eq!(Cell::number(None).written(), "");
    }

    #[test]
    fn a_file_has_its_mark_its_head_and_quotes_where_they_are_needed() {
        let describe = || titles("Words", "文字");
        let fields: Vec<Field<'_, &str>> = vec![
            Field::new("words", ColumnType::Text, describe(), "", |row: &&str| {
                Cell::text(Some(*row))
            }),
            Field::new(name_in("words", "pt-BR"), ColumnType::Text, describe(), "", |_| {
                Cell::Empty
            }),
        ];
        let file = csv(&fields, &["a, \"b\"", "哈尔滨\n2"]).unwrap();
        let expected = "\u{feff}words,words_pt_br\r\n\"a, \"\"b\"\"\",\r\n\"哈尔滨\n2\",\r\n";
        assert_eq!(std::str::from_utf8(&file).unwrap(), expected);
    }
}
