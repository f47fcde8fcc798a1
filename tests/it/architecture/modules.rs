//! The modules of a crate and the paths between them, read from its source.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

/// The modules of a crate by their paths, `content::bulletin`; that of `lib.rs` is empty.
pub(super) struct Tree(pub(super) BTreeMap<String, Module>);

impl Tree {
    pub(super) fn new(files: &BTreeMap<String, String>) -> Self {
        let mut modules: BTreeMap<String, Module> = BTreeMap::new();
        for (file, text) in files {
            let path = file.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
            modules.insert(if path == "lib" { String::new() } else { path }, Module::parse(text));
        }
        // The others are compiled for tests only, or belong to another program.
        let mut declared = BTreeSet::new();
        let mut paths = vec![String::new()];
        while let Some(path) = paths.pop() {
            let children = modules.get(&path).into_iter().flat_map(|module| &module.children);
            paths.extend(children.map(|child| join(&path, child)));
            declared.insert(path);
        }
        modules.retain(|path, _| declared.contains(path));
        Self(modules)
    }

    /// The modules that each module depends on.
    pub(super) fn arrows(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let targets = |from: &str, module: &Module| {
            let uses = module.uses.iter().filter_map(|path| self.resolve(from, path));
            let below = format!("{from}::");
            let mentions = module.mentions.iter().filter_map(|path| self.resolve(from, path));
            let mentions = mentions.filter(|(target, _)| !target.starts_with(&below));
            // A module that is named alone is no arrow: the paths through it are.
            let items = uses.chain(mentions).filter(|(target, is_item)| *is_item && target != from);
            items.map(|(target, _)| target).collect()
        };
        self.0.iter().map(|(from, module)| (from.as_str(), targets(from, module))).collect()
    }

    /// The module that a path of another module leads to, through `use` lines, and whether it goes
    /// on to an item there. None for a path out of the crate.
    pub(super) fn resolve(&self, from: &str, path: &[String]) -> Option<(String, bool)> {
        let (first, rest) = path.split_first()?;
        let module = &self.0[from];
        let mut at = match first.as_str() {
            "crate" => String::new(),
            "self" => from.to_owned(),
            "super" => parent(from).to_owned(),
            name if module.children.contains(name) => join(from, name),
            name if module.items.contains(name) => return Some((from.to_owned(), true)),
            name => {
                let import = module.imports.get(name).filter(|import| import[0] != name)?;
                let (at, is_item) = self.resolve(from, import)?;
                if is_item {
                    return Some((at, true));
                }
                at
            }
        };
        for (index, name) in rest.iter().enumerate() {
            let module = &self.0[&at];
            if name == "super" {
                at.truncate(parent(&at).len());
            } else if module.children.contains(name) {
                at = join(&at, name);
            } else if module.imports.contains_key(name) && !module.items.contains(name) {
                return self.resolve(&at, &rest[index..]);
            } else {
                return Some((at, true));
            }
        }
        Some((at, false))
    }
}

fn join(parent: &str, child: &str) -> String {
    if parent.is_empty() { child.to_owned() } else { format!("{parent}::{child}") }
}

fn parent(path: &str) -> &str {
    path.rsplit_once("::").map_or("", |(parent, _)| parent)
}

pub(super) type ModulePath = Vec<String>;

/// A source file as far as the rules need it.
#[derive(Default)]
pub(super) struct Module {
    children: BTreeSet<String>,
    items: BTreeSet<String>,
    /// The names that `use` lines bring into scope, with the paths behind them.
    imports: BTreeMap<String, ModulePath>,
    /// The paths of private `use` lines, which are arrows to whatever they name.
    uses: Vec<ModulePath>,
    /// The paths of `pub use` lines and in code, which are no arrows to the module's own children:
    /// a parent hands them on, or calls them.
    mentions: Vec<ModulePath>,
    /// The types of `impl` blocks without a trait.
    pub(super) impls: Vec<ModulePath>,
}

impl Module {
    fn parse(text: &str) -> Self {
        let mut tokens = Vec::new();
        flatten(text.parse().expect("Rust source"), &mut tokens);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let mut module = Self::default();
        let (mut at, mut depth) = (0, 0);
        while at < tokens.len() {
            let before = if at == 0 { ";" } else { tokens[at - 1] };
            at += module.read_item(&tokens[at..], before, &mut depth);
        }
        module
    }

    /// Reads what starts at the first token, and returns the number of tokens read.
    fn read_item(&mut self, tokens: &[&str], before: &str, depth: &mut usize) -> usize {
        match tokens {
            ["#", "[", "cfg", "(", "test", ")", "]", item @ ..] => return 7 + item_length(item),
            ["use", tree @ ..] => {
                let mut paths = Vec::new();
                let length = read_use_tree(tree, &[], &mut paths);
                let is_public = matches!(before, "pub" | ")");
                let list = if is_public { &mut self.mentions } else { &mut self.uses };
                list.extend(paths.iter().map(|(_, path)| path.clone()));
                self.imports.extend(paths);
                return 1 + length;
            }
            ["mod", name, ";", ..] => _ = self.children.insert((*name).to_owned()),
            ["impl", rest @ ..] if matches!(before, ";" | "}" | "]") => {
                self.impls.extend(read_impl(rest));
            }
            ["struct" | "enum" | "trait" | "fn" | "const" | "static" | "type", name, ..]
                if *depth == 0 =>
            {
                self.items.insert((*name).to_owned());
            }
            ["{", ..] => *depth += 1,
            ["}", ..] => *depth -= 1,
            [_, "::", ..] if before != "::" => self.mentions.push(read_path(tokens)),
            _ => {}
        }
        1
    }
}

/// Appends the tokens of source text: words, `::`, single signs; literals as empty ones.
fn flatten(stream: TokenStream, tokens: &mut Vec<String>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let text = format!("{:?}", group.delimiter());
                let signs = match text.as_str() {
                    "Brace" => ["{", "}"],
                    "Bracket" => ["[", "]"],
                    _ => ["(", ")"],
                };
                tokens.push(signs[0].to_owned());
                flatten(group.stream(), tokens);
                tokens.push(signs[1].to_owned());
            }
            TokenTree::Ident(word) => tokens.push(word.to_string()),
            TokenTree::Punct(sign) if sign.as_char() == ':' => match tokens.last_mut() {
                Some(last) if last == ":" => last.push(':'),
                _ => tokens.push(":".to_owned()),
            },
            TokenTree::Punct(sign) => tokens.push(sign.to_string()),
            TokenTree::Literal(_) => tokens.push(String::new()),
        }
    }
}

/// The number of tokens of an item: to its semicolon, or to the end of its block.
fn item_length(tokens: &[&str]) -> usize {
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        depth += i32::from(*token == "{") - i32::from(*token == "}");
        depth == 0 && matches!(*token, ";" | "}")
    });
    end.map_or(tokens.len(), |end| end + 1)
}

/// Adds the paths of a use tree with the names that they get, and returns the number of tokens.
fn read_use_tree(
    tokens: &[&str],
    prefix: &[String],
    paths: &mut Vec<(String, ModulePath)>,
) -> usize {
    let mut path = prefix.to_vec();
    let mut at = 0;
    loop {
        match tokens[at..] {
            ["{", ..] => {
                while tokens[at] != "}" {
                    at += 1;
                    if tokens[at] != "}" {
                        at += read_use_tree(&tokens[at..], &path, paths);
                    }
                }
                return at + 1;
            }
            ["as", name, ..] => {
                paths.push((name.to_owned(), path));
                return at + 2;
            }
            ["," | ";" | "}", ..] => {
                path.pop_if(|last| last == "self");
                paths.push((path.last().cloned().unwrap_or_default(), path));
                return at;
            }
            ["::", ..] => {}
            _ => path.push(tokens[at].to_owned()),
        }
        at += 1;
    }
}

fn read_path(tokens: &[&str]) -> ModulePath {
    let is_word = |token: &str| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let length = tokens.chunks(2).take_while(|pair| is_word(pair[0]) && pair.last() == Some(&"::"));
    tokens.iter().step_by(2).take(length.count() + 1).map(|&word| word.to_owned()).collect()
}

/// The type of an `impl` block; none if it implements a trait.
fn read_impl(tokens: &[&str]) -> Option<ModulePath> {
    let head = tokens.split(|token| matches!(*token, "{" | "where")).next()?;
    let mut depth = 0;
    let start = head.iter().position(|token| {
        depth += i32::from(*token == "<") - i32::from(*token == ">");
        depth == 0 && *token != ">"
    })?;
    let is_of_trait = head.windows(2).any(|pair| pair[0] == "for" && pair[1] != "<");
    (!is_of_trait).then(|| read_path(&head[start..]))
}
