//! actix-web in its plainest form: a map from path and coding to headers and a body, which each
//! response clones.

use std::collections::HashMap;
use std::path::Path;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, CONTENT_LENGTH, DATE, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH,
};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

use super::read_responses;
use crate::Outcome;

/// Responses by path, then by coding and status.
type Site = HashMap<String, HashMap<String, (HeaderMap, Bytes)>>;

/// Serves the responses of the folder on one port, and prints it.
pub(crate) fn serve(folder: &Path) -> Outcome<()> {
    let site = Data::new(read_site(folder)?);
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            App::new().app_data(site.clone()).default_service(web::to(respond))
        })
        .workers(1)
        .bind("127.0.0.1:0")?;
        for address in server.addrs() {
            println!("actix:{}", address.port());
        }
        server.run().await
    })?;
    Ok(())
}

async fn respond(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    let headers = request.headers();
    let coding = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let is_known = headers.contains_key(IF_NONE_MATCH);
    let answer = if is_known { "304" } else { coding.unwrap_or("identity") };
    let Some((fields, body)) = site.get(request.path()).and_then(|page| page.get(answer)) else {
        return HttpResponse::NotFound().finish();
    };
    let status = if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut response = HttpResponse::with_body(status, body.clone());
    *response.headers_mut() = fields.clone();
    response.map_into_boxed_body()
}

fn read_site(folder: &Path) -> Outcome<Site> {
    let mut site = Site::new();
    for response in read_responses(folder)? {
        let end = response.bytes.windows(4).position(|bytes| bytes == b"\r\n\r\n");
        let end = end.ok_or("a response has no head")?;
        let mut fields = HeaderMap::new();
        for line in std::str::from_utf8(&response.bytes[..end])?.lines().skip(1) {
            let (name, value) = line.split_once(": ").ok_or("a field has no value")?;
            let name = HeaderName::try_from(name)?;
            // actix-http sets these itself.
            if name != CONTENT_LENGTH && name != DATE {
                fields.insert(name, HeaderValue::from_str(value)?);
            }
        }
        let body = Bytes::copy_from_slice(&response.bytes[end + 4..]);
        site.entry(response.path).or_default().insert(response.answer, (fields, body));
    }
    Ok(site)
}
