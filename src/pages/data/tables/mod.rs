//! Tables for spreadsheets: columns, and rows as CSV.
//!
//! A [`Column`] is defined once: the header of the CSV file, the Table Schema of the Data Package
//! and the CSVW description all come from it.
//!
//! The dialect is RFC 4180: commas, `"` where needed, CRLF, a header row. Two choices are for
//! spreadsheets:
//! - The text is UTF-8 *with* a byte order mark. Without one, Excel decodes a CSV file in the
//!   system's legacy code page and garbles Chinese. Standard decoders skip the mark: the WHATWG
//!   decoder, Python's `utf-8-sig`, R, pandas, spreadsheets.
//! - No cell starts a formula. A spreadsheet would evaluate a text that begins with `=`, `+`, `-`,
//!   `@`, a tab or a line end (OWASP, "CSV Injection"), so it is prefixed with an apostrophe, which
//!   marks text. The same holds for the full-width forms of these characters, which Chinese and
//!   Japanese versions accept too. Numbers are not text.

pub(crate) mod bulletins;
pub(crate) mod documents;
pub(crate) mod goal_columns;
pub(crate) mod goals;
pub(crate) mod progress;

use bytes::Bytes;

/// Marks the file as UTF-8 for Excel.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table with its description.
pub(crate) struct Table {
    /// Name in the Data Package, and file name without `.csv`.
    pub(crate) name: &'static str,
    pub(crate) titles: Titles,
    /// Description of its rows.
    pub(crate) description: &'static str,
    pub(crate) columns: Vec<Column>,
    /// Column that identifies a row, if there is one.
    pub(crate) primary_key: Option<&'static str>,
    /// Content of the file.
    pub(crate) csv: Bytes,
}

/// A title in each of Gazette's own languages, with the language tag.
pub(crate) type Titles = [(&'static str, String); 2];

/// Returns a title in English and in Chinese.
pub(crate) fn titles(english: impl Into<String>, chinese: impl Into<String>) -> Titles {
    [("en", english.into()), ("zh", chinese.into())]
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnType {
    /// Text.
    Text,
    /// Decimal number.
    Number,
    /// Non-negative integer.
    Integer,
    /// `true` or `false`.
    Flag,
    /// Day (ISO 8601).
    Date,
    /// Absolute URL.
    Url,
    /// Absolute URLs, separated by spaces.
    Urls,
}

/// A column of a table.
pub(crate) struct Column {
    /// Header in lower snake case. It never changes.
    pub(crate) name: String,
    /// Titles for people.
    pub(crate) titles: Titles,
    /// Meaning, and when it is empty.
    pub(crate) description: &'static str,
    pub(crate) kind: ColumnType,
    /// Unit of its numbers, if it is the same for all rows.
    pub(crate) unit: Option<&'static str>,
    /// Whether every row has a value.
    pub(crate) is_required: bool,
    /// Whether no two rows have the same value.
    pub(crate) is_unique: bool,
    /// Allowed values; empty if any value is allowed.
    pub(crate) choices: Vec<&'static str>,
    /// Minimum.
    pub(crate) minimum: Option<u32>,
    /// Language of its texts, if it is a single one.
    pub(crate) language: Option<String>,
    /// Table and column that its values refer to.
    pub(crate) refers_to: Option<(&'static str, &'static str)>,
}

/// A value in a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// No value.
    Empty,
    /// Text from the content, which can be anything.
    Text(String),
    /// Value that the program wrote itself: a date, a flag, a URL of the site.
    Plain(String),
    /// Number.
    Number(f64),
}

/// A column with the function that returns a row's value for it.
pub(crate) struct Field<'f, R> {
    column: Column,
    cell: Box<dyn Fn(&R) -> Cell + 'f>,
}

impl<'f, R> Field<'f, R> {
    /// Creates a column that may be empty.
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

    /// Changes attributes of the column.
    pub(crate) fn with(mut self, set: impl FnOnce(&mut Column)) -> Self {
        set(&mut self.column);
        self
    }

    /// Marks the column as never empty.
    pub(crate) fn required(self) -> Self {
        self.with(|column| column.is_required = true)
    }

    /// Limits the column to these values.
    pub(crate) fn one_of(self, choices: Vec<&'static str>) -> Self {
        self.with(|column| column.choices = choices)
    }

    /// Marks the numbers of the column as shares of 1.
    pub(crate) fn share(self) -> Self {
        self.with(|column| column.unit = Some("1"))
    }
}

impl Cell {
    /// Creates a cell with a value that the program wrote itself.
    pub(crate) fn plain(value: Option<impl Into<String>>) -> Self {
        value.map_or(Self::Empty, |value| Self::Plain(value.into()))
    }

    /// Creates a cell with a text from the content.
    pub(crate) fn text(value: Option<impl Into<String>>) -> Self {
        value.map_or(Self::Empty, |value| Self::Text(value.into()))
    }

    /// Creates a cell with a number.
    pub(crate) fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    /// Creates a cell with a count.
    pub(crate) fn count(value: Option<usize>) -> Self {
        Self::plain(value.map(|count| count.to_string()))
    }

    fn to_csv(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) if starts_a_formula(text) => format!("'{text}"),
            Self::Text(text) | Self::Plain(text) => text.clone(),
            // The shortest decimal that reads back as the same number, never with an exponent.
            // Adding zero turns -0 into 0.
            Self::Number(number) => (number + 0.0).to_string(),
        }
    }
}

/// Returns whether a spreadsheet would evaluate a text as a formula. Leading blanks are skipped, as
/// some spreadsheets do.
fn starts_a_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Returns the name of a column that exists once per language: `title_en`, `title_pt_br`.
pub(crate) fn name_in(name: &str, tag: &str) -> String {
    format!("{name}_{}", tag.replace('-', "_").to_lowercase())
}

/// Writes rows as a CSV file.
///
/// # Errors
/// Never fails in practice, because it writes to memory.
pub(crate) fn csv<R>(fields: &[Field<'_, R>], rows: &[R]) -> Result<Bytes, csv::Error> {
    let file = BYTE_ORDER_MARK.to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    writer.write_record(fields.iter().map(|field| field.column.name.as_str()))?;
    for row in rows {
        writer.write_record(fields.iter().map(|field| (field.cell)(row).to_csv()))?;
    }
    let file = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(Bytes::from(file))
}

/// Returns the columns of fields.
pub(crate) fn columns<R>(fields: Vec<Field<'_, R>>) -> Vec<Column> {
    fields.into_iter().map(|field| field.column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        Cell::Text(text.to_owned()).to_csv()
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
            assert_eq!(Cell::Number(number).to_csv(), written);
        }
        assert_eq!(Cell::number(None).to_csv(), "");
    }

    #[test]
    fn csv_has_bom_head_and_needed_quotes() {
        let fields: Vec<Field<'_, &str>> = vec![
            Field::new("words", ColumnType::Text, titles("", ""), "", |row: &&str| {
                Cell::text(Some(*row))
            }),
            Field::new(name_in("words", "pt-BR"), ColumnType::Text, titles("", ""), "", |_| {
                Cell::Empty
            }),
        ];
        let file = csv(&fields, &["a, \"b\"", "哈尔滨\n2"]).unwrap();
        let expected = "\u{feff}words,words_pt_br\r\n\"a, \"\"b\"\"\",\r\n\"哈尔滨\n2\",\r\n";
        assert_eq!(std::str::from_utf8(&file).unwrap(), expected);
    }
}
