//! The command line of the bench.

use std::path::PathBuf;

use crate::Outcome;
use crate::case::Case;

const HELP: &str = "\
Options, after `cargo bench --bench serve --`:
  --client wrk|fixed|both  wrk, or a client that knows the length of each response and drops the
                           bytes unread, so that it is never the bottleneck (default: both)
  --connections N          connections of the client (default: 64)
  --rounds N               rounds, of which the median is shown (default: 5)
  --seconds N              length of each run (default: 1)
  --only WORD              only cases with this page or answer; can be repeated
  --tail                   instead: latency at 70 % of the saturating rate, 1,000 connections
  --binary FILE            another release binary of gazette (default: the one just built)";

/// The client that sends requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    Wrk,
    Fixed,
}

impl Client {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Wrk => "wrk",
            Self::Fixed => "fixed",
        }
    }
}

/// What is measured, and how often.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    client: Option<Client>,
    pub(crate) connections: usize,
    pub(crate) rounds: usize,
    pub(crate) seconds: u64,
    only: Vec<String>,
    pub(crate) tail: bool,
    pub(crate) binary: PathBuf,
}

impl Options {
    /// Parses the arguments; `None` if only the help was wanted.
    pub(crate) fn parse(arguments: &[String]) -> Outcome<Option<Self>> {
        let mut options = Self {
            client: None,
            connections: 64,
            rounds: 5,
            seconds: 1,
            only: Vec::new(),
            tail: false,
            binary: env!("CARGO_BIN_EXE_gazette").into(),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                // Cargo adds it.
                "--bench" => {}
                "--tail" => options.tail = true,
                "--client" => {
                    options.client = match value()?.as_str() {
                        "wrk" => Some(Client::Wrk),
                        "fixed" => Some(Client::Fixed),
                        _ => None,
                    }
                }
                "--connections" => options.connections = value()?.parse()?,
                "--rounds" => options.rounds = value()?.parse()?,
                "--seconds" => options.seconds = value()?.parse()?,
                "--only" => options.only.push(value()?.clone()),
                "--binary" => options.binary = value()?.into(),
                _ => {
                    println!("{HELP}");
                    return Ok(None);
                }
            }
        }
        Ok(Some(options))
    }

    pub(crate) fn clients(&self) -> Vec<Client> {
        self.client.map_or_else(|| vec![Client::Wrk, Client::Fixed], |client| vec![client])
    }

    pub(crate) fn includes(&self, case: &Case) -> bool {
        let is_one_of = |known: &[&str]| self.only.iter().any(|word| known.contains(&&**word));
        let pages = ["home", "bulletin", "goal", "css"];
        let is_page = is_one_of(&[case.page]) || !is_one_of(&pages);
        let has_answers = self.only.iter().any(|word| !pages.contains(&&**word));
        is_page && (!has_answers || is_one_of(&[case.answer.name()]))
    }
}
