//! `catalog.jsonld`: the catalog of the site's data for data portals (W3C, DCAT 3).

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::language::Language;
use crate::pages::context::Context;
use crate::pages::data::file_kind::{
    BULLETINS_JSON, CATALOG, DOCUMENTS_CSV, DOCUMENTS_JSON, FileKind, GOALS_CSV, GOALS_JSON,
    OPENAPI, PROGRESS_CSV,
};
use crate::pages::data::tables::{Table, Titles, titles};

/// Vocabularies of the EU Publications Office, which DCAT-AP prescribes.
const EU_AUTHORITY: &str = "http://publications.europa.eu/resource/authority";

/// Sizes of JSON files in bytes.
pub(crate) struct Sizes {
    pub(crate) goals: usize,
    pub(crate) bulletins: usize,
    pub(crate) documents: Option<usize>,
}

/// Describes the datasets.
pub(crate) fn describe(context: &Context<'_>, tables: &[Table], sizes: &Sizes) -> Value {
    let builder = CatalogBuilder { context };
    let goals = builder.dataset(&Dataset {
        name: "goals",
        titles: titles("Goals", "目标"),
        description: titles(
            "Every goal with its target, its latest figure and its status by the published rule.",
            "全部目标及其目标值、最新数值和按公开规则计算的进展。",
        ),
        distributions: vec![
            builder.distribution(GOALS_CSV, "text/csv", size_of(tables, "goals"), None),
            builder.distribution(
                GOALS_JSON,
                "application/json",
                sizes.goals,
                Some(FileKind::Goals),
            ),
        ],
        period: builder.goals_period(),
    });
    let progress = builder.dataset(&Dataset {
        name: "progress",
        titles: titles("Progress of the goals", "目标进展"),
        description: titles(
            "Every report of a bulletin on a goal that still holds, with its source.",
            "公报对各目标的全部有效报告及其来源。",
        ),
        distributions: vec![builder.distribution(
            PROGRESS_CSV,
            "text/csv",
            size_of(tables, "progress"),
            None,
        )],
        period: builder.reports_period(),
    });
    let bulletins = builder.dataset(&Dataset {
        name: "bulletins",
        titles: titles("Bulletins", "公报"),
        description: titles(
            "Every bulletin with its date, its source and what it says about goals.",
            "全部公报及其日期、来源和关于目标的内容。",
        ),
        distributions: vec![builder.distribution(
            BULLETINS_JSON,
            "application/json",
            sizes.bulletins,
            Some(FileKind::Bulletins),
        )],
        period: builder.bulletins_period(),
    });
    let mut datasets = vec![goals, progress, bulletins];
    if let Some(json_size) = sizes.documents {
        datasets.push(builder.documents(size_of(tables, "documents"), json_size));
    }
    builder.catalog(&datasets)
}

/// A dataset before serialization.
struct Dataset {
    name: &'static str,
    titles: Titles,
    description: Titles,
    distributions: Vec<Value>,
    /// First and last day covered by the data.
    period: Option<(Date, Date)>,
}

struct CatalogBuilder<'m, 'r> {
    context: &'m Context<'r>,
}

impl CatalogBuilder<'_, '_> {
    fn catalog(&self, datasets: &[Value]) -> Value {
        let context = self.context;
        let names = context
            .record
            .languages()
            .map(|language| self.language_string(context.site_name(language), language));
        let descriptions = context.record.languages().map(|language| {
            let locale = context.locale(language);
            self.language_string(&locale.catalog_description(context.site_name(language)), language)
        });
        let mut catalog = json!({
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
                "skos": "http://www.w3.org/2004/02/skos/core#",
                "vcard": "http://www.w3.org/2006/vcard/ns#",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
            },
            "@id": self.id("catalog"),
            "@type": "dcat:Catalog",
            "dct:title": names.collect::<Vec<_>>(),
            "dct:description": descriptions.collect::<Vec<_>>(),
            "dct:publisher": self.publisher(),
            "dct:language": self.languages(),
            "foaf:homepage": document(&context.absolute("/")),
            "dcat:dataset": datasets,
            "dcat:service": [self.service(datasets)],
        });
        self.add_terms(&mut catalog);
        catalog
    }

    fn documents(&self, csv_size: usize, json_size: usize) -> Value {
        let csv = self.distribution(DOCUMENTS_CSV, "text/csv", csv_size, None);
        let kind = Some(FileKind::Documents);
        let json = self.distribution(DOCUMENTS_JSON, "application/json", json_size, kind);
        self.dataset(&Dataset {
            name: "documents",
            titles: titles("Official documents", "公文"),
            description: titles(
                "Every official document with its number, its dates and whether it is in force.",
                "全部公文及其发文字号、日期和效力。",
            ),
            distributions: vec![csv, json],
            period: self.bulletins_period(),
        })
    }

    fn dataset(&self, dataset: &Dataset) -> Value {
        let mut value = json!({
            "@id": self.id(dataset.name),
            "@type": "dcat:Dataset",
            "dct:identifier": self.id(dataset.name),
            "dct:title": language_strings(&dataset.titles),
            "dct:description": language_strings(&dataset.description),
            "dct:publisher": reference(&self.id("publisher")),
            "dct:language": self.languages(),
            "dcat:theme": [government_theme()],
            "dcat:landingPage": document(&self.context.absolute("/")),
            "dcat:distribution": dataset.distributions,
        });
        if let Some(contact) = self.contact() {
            value["dcat:contactPoint"] = contact;
        }
        if let Some((from, to)) = dataset.period {
            value["dct:temporal"] = json!({
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": typed_literal("date", &from.to_string()),
                "dcat:endDate": typed_literal("date", &to.to_string()),
            });
        }
        self.add_terms(&mut value);
        value
    }

    fn distribution(
        &self,
        path: &str,
        media_type: &str,
        bytes: usize,
        kind: Option<FileKind>,
    ) -> Value {
        let url = self.context.absolute(path);
        let mut distribution = json!({
            "@id": url,
            "@type": "dcat:Distribution",
            "dct:title": path.rsplit('/').next(),
            "dcat:accessURL": reference(&url),
            "dcat:downloadURL": reference(&url),
            "dcat:mediaType": media_type_node(media_type),
            "dct:format": format_node(media_type),
            "dcat:byteSize": typed_literal("nonNegativeInteger", &bytes.to_string()),
        });
        if let Some(kind) = kind {
            distribution["dct:conformsTo"] =
                typed_node(&kind.schema_url(self.context), "dct:Standard");
        }
        if let Some(license) = self.license() {
            distribution["dct:license"] = typed_node(license, "dct:LicenseDocument");
        }
        distribution
    }

    /// Describes the site as a data service with an `OpenAPI` description.
    fn service(&self, datasets: &[Value]) -> Value {
        let served: Vec<Value> =
            datasets.iter().map(|dataset| json!({ "@id": dataset["@id"] })).collect();
        json!({
            "@id": self.id("service"),
            "@type": "dcat:DataService",
            "dct:title": language_strings(&titles("Every data file of the site", "本站全部数据文件")),
            "dcat:endpointURL": reference(&self.context.absolute("/")),
            "dcat:endpointDescription": reference(&self.context.absolute(OPENAPI)),
            "dcat:servesDataset": served,
        })
    }

    fn language_string(&self, text: &str, language: Language) -> Value {
        json!({ "@value": text, "@language": self.context.language_tag(language) })
    }

    fn publisher(&self) -> Value {
        let context = self.context;
        let publisher = context.record.content.site.publisher.as_ref();
        let names = context.record.languages().map(|language| {
            let name = publisher.map_or_else(
                || context.site_name(language),
                |publisher| publisher.name.get(language),
            );
            json!({ "@value": name, "@language": context.language_tag(language) })
        });
        let mut agent = json!({
            "@id": self.id("publisher"),
            "@type": ["foaf:Agent", "foaf:Organization"],
            "foaf:name": names.collect::<Vec<_>>(),
        });
        if let Some(url) = publisher.and_then(|publisher| publisher.url.as_deref()) {
            agent["foaf:homepage"] = document(url);
        }
        agent
    }

    /// Adds the dates of the first publication and of the last change, and the license.
    fn add_terms(&self, value: &mut Value) {
        let record = self.context.record;
        if let Some(first) = record.bulletins.iter().map(crate::record::Bulletin::published).min() {
            value["dct:issued"] = typed_literal("date", &first.date().to_string());
        }
        if let Some(modified) = record.modified() {
            value["dct:modified"] = typed_literal("dateTime", &self.context.rfc3339(modified));
        }
        if let Some(license) = self.license() {
            value["dct:license"] = typed_node(license, "dct:LicenseDocument");
        }
    }

    /// The publisher's page or mailbox for questions.
    fn contact(&self) -> Option<Value> {
        let publisher = self.context.record.content.site.publisher.as_ref()?;
        let contact = publisher.contact.as_deref()?;
        let member = if contact.starts_with("mailto:") { "vcard:hasEmail" } else { "vcard:hasURL" };
        let mut point = json!({
            "@id": self.id("contact"),
            "@type": ["vcard:Kind", "vcard:Organization"],
        });
        let names = self.context.record.languages();
        point["vcard:fn"] = names
            .map(|language| self.language_string(publisher.name.get(language), language))
            .collect();
        point[member] = reference(contact);
        Some(point)
    }

    fn license(&self) -> Option<&str> {
        self.context.record.content.site.publisher.as_ref()?.license.as_deref()
    }

    /// Returns the languages as Library of Congress URIs, as DCAT recommends.
    fn languages(&self) -> Vec<Value> {
        let tags = self.context.record.content.site.languages.tags();
        let primary =
            tags.map(|tag| tag.split('-').next().unwrap_or(tag)).filter(|tag| tag.len() == 2);
        let nodes = primary.map(|tag| {
            let address = format!("http://id.loc.gov/vocabulary/iso639-1/{tag}");
            typed_node(&address, "dct:LinguisticSystem")
        });
        nodes.collect()
    }

    fn goals_period(&self) -> Option<(Date, Date)> {
        let record = self.context.record;
        let periods = record.goal_ids().filter_map(|id| record.progress(id).period);
        span(periods.map(|period| (period.from.date(), period.to.unwrap_or(period.from).date())))
    }

    fn reports_period(&self) -> Option<(Date, Date)> {
        let reports = self.context.record.goals.iter().flat_map(crate::record::Goal::reports);
        span(reports.map(|(_, report)| (report.as_of.date(), report.as_of.date())))
    }

    fn bulletins_period(&self) -> Option<(Date, Date)> {
        let days = self.context.record.bulletins.iter().map(|one| one.published().date());
        span(days.map(|day| (day, day)))
    }

    fn id(&self, name: &str) -> String {
        format!("{}#{name}", self.context.absolute(CATALOG))
    }
}

/// The size of a table's CSV file in bytes.
fn size_of(tables: &[Table], name: &str) -> usize {
    tables.iter().find(|table| table.name == name).map_or(0, |table| table.csv.len())
}

/// The period from the first start to the last end; none without periods.
fn span(periods: impl Iterator<Item = (Date, Date)>) -> Option<(Date, Date)> {
    periods.reduce(|(from, to), (start, end)| (from.min(start), to.max(end)))
}

/// A media type as DCAT 3 asks for, with the class of DCAT-AP's shapes and the label that CKAN
/// reads.
fn media_type_node(media_type: &str) -> Value {
    json!({
        "@id": format!("https://www.iana.org/assignments/media-types/{media_type}"),
        "@type": "dct:MediaType",
        "rdfs:label": media_type,
    })
}

/// A file format by its name in the EU's vocabulary, which is the name that CKAN shows.
fn format_node(media_type: &str) -> Value {
    let name = if media_type == "text/csv" { "CSV" } else { "JSON" };
    let mut node = typed_node(&format!("{EU_AUTHORITY}/file-type/{name}"), "dct:MediaTypeOrExtent");
    node["rdfs:label"] = json!(name);
    node
}

/// Theme "government" in the EU's vocabulary of data themes.
fn government_theme() -> Value {
    let scheme = format!("{EU_AUTHORITY}/data-theme");
    let mut theme = typed_node(&format!("{scheme}/GOVE"), "skos:Concept");
    theme["skos:prefLabel"] =
        language_strings(&titles("Government and public sector", "政府与公共部门"));
    theme["skos:inScheme"] = json!({
        "@id": scheme,
        "@type": "skos:ConceptScheme",
        "dct:title": language_strings(&titles("Data themes", "数据主题")),
    });
    theme
}

fn document(address: &str) -> Value {
    typed_node(address, "foaf:Document")
}

/// A reference with the class that DCAT-AP's shapes expect of the thing.
fn typed_node(address: &str, class: &str) -> Value {
    json!({ "@id": address, "@type": class })
}

fn reference(address: &str) -> Value {
    json!({ "@id": address })
}

fn typed_literal(name: &str, value: &str) -> Value {
    json!({ "@type": format!("xsd:{name}"), "@value": value })
}

/// Returns language-tagged strings.
fn language_strings(titles: &Titles) -> Value {
    titles.iter().map(|(tag, title)| json!({ "@value": title, "@language": tag })).collect()
}
