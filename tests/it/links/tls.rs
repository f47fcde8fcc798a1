//! Links to hosts with TLS.

use std::sync::Arc;

use gazette::editor::links::{CheckOptions, LinkCache, LinkSummary, RootCertificates};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::{CertifiedKey, SingleCertAndKey};

use super::{QUICK, Said, links, options, plain, send_with};
use crate::fake_server::Web;

/// A certificate authority of these tests, and its key.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A server's certificate and key for a name, valid until the end of a year.
    fn server(&self, name: &str, last_year: i32) -> ServerConfig {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_after = date_time_ymd(last_year, 12, 31);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key =
            any_supported_type(&PrivatePkcs8KeyDer::from(key.serialize_der()).into()).unwrap();
        server(Arc::new(SingleCertAndKey::from(CertifiedKey::new(
            vec![certificate.der().clone()],
            key,
        ))))
    }

    /// Checks an existing page and a missing one, and trusts this authority only.
    fn ask(&self, web: &Web) -> Said {
        let addresses = ["good", "missing"].map(|path| format!("https://localhost:PORT/{path}"));
        let options = CheckOptions {
            root_certificates: RootCertificates::from_pem(self.pem.as_bytes()).unwrap(),
            ..options(QUICK)
        };
        send_with(&links(&addresses, web.port), &mut LinkCache::default(), &options, web.port)
    }
}

fn server(who: Arc<dyn ResolvesServerCert>) -> ServerConfig {
    let builder = ServerConfig::builder_with_provider(default_provider().into());
    builder
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(who)
}

/// A resolver without a certificate for any name.
#[derive(Debug)]
struct Nobody;

impl ResolvesServerCert for Nobody {
    fn resolve(&self, _client: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        None
    }
}

#[test]
fn valid_certificate_is_accepted() {
    let authority = Authority::new();
    let web = Web::secure(authority.server("localhost", 3000), plain);
    let said = authority.ask(&web);
    assert_eq!(
        said.report.summary,
        LinkSummary { links: 2, good: 1, dead: 1, ..LinkSummary::default() }
    );
    assert_eq!(web.lines(), ["HEAD /good", "HEAD /missing", "GET /missing"]);
}

#[test]
fn bad_certificate_fails_every_link_of_host() {
    let authority = Authority::new();
    let cases = [
        (
            authority.server("elsewhere.example", 3000),
            "warning[link/dead]",
            "has a certificate for another host",
            "的证书属于其他网站",
        ),
        (
            authority.server("localhost", 2020),
            "warning[link/dead]",
            "has a certificate that is not valid today",
            "的证书目前无效",
        ),
        (
            Authority::new().server("localhost", 3000),
            "warning[link/unchecked]",
            "has a certificate that no known authority has signed, so it could not be checked",
            "的证书未经受信任的机构签发，无法判断是否有效",
        ),
        (
            server(Arc::new(Nobody)),
            "warning[link/unchecked]",
            "does not allow a secure connection, so it could not be checked",
            "无法建立安全连接，无法判断是否有效",
        ),
    ];
    for (config, code, english, chinese) in cases {
        let web = Web::secure(config, plain);
        let said = authority.ask(&web);
        for (place, path) in ["good", "missing"].into_iter().enumerate() {
            let start = format!("{code}: `https://localhost:PORT/{path}`");
            let line = &said.lines[0][place];
            assert!(line.contains(&format!("{start} {english}; help: ")), "{line}");
            let line = &said.lines[1][place];
            assert!(line.contains(&format!("{start} {chinese}；帮助：请")), "{line}");
        }
        // One connection is enough to find out.
        assert_eq!(web.connections(), 1, "{english}");
    }
}

#[test]
fn file_without_certificates_is_an_error() {
    assert!(RootCertificates::from_pem(b"").is_none());
    assert!(
        RootCertificates::from_pem(b"-----BEGIN NONSENSE-----\nAAAA\n-----END NONSENSE-----\n")
            .is_none()
    );
}
