//! Gets a file from a web server.
//!
//! A small client on purpose: it goes where the catalogue says, over encrypted connections alone (this
//! machine itself excepted), follows a handful of redirects to others of the kind, and reads no more than the
//! catalogue promises. What arrived is hashed by whoever unpacks it. The user's proxy settings
//! (`HTTPS_PROXY`, `ALL_PROXY`) are obeyed.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use ureq::{Agent, Body, http::Response};
use url::Url;

use super::{Progress, unwritable};
use crate::voice::{
    InstallError, Pack,
    pack::{Address, is_fetchable},
};

/// Redirects that are followed.
const MOST_REDIRECTS: usize = 5;
/// How long to wait for a connection, and then for an answer to begin.
const PATIENCE: Duration = Duration::from_secs(30);
/// Slowest download that is waited for, in bytes per second.
const SLOWEST: u64 = 10_000;

/// Downloads `address` below `work`.
pub(super) fn fetch(
    pack: &Pack,
    address: &Address,
    by_hand: &str,
    work: &Path,
    progress: &dyn Progress,
) -> Result<PathBuf, InstallError> {
    let failed = |reason: String| InstallError::Fetch {
        pack: pack.id.clone(),
        client: "aloud",
        what: address.url.to_string(),
        reason,
        by_hand: by_hand.to_owned(),
    };
    let path = work.join(&address.file);
    let mut body = open(address).map_err(failed)?.into_body().into_reader();
    let mut out = File::create_new(&path).map_err(unwritable(pack, &path))?;
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let n = match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(failed(format!("the download broke off: {e}"))),
        };
        bytes += n as u64;
        if bytes > address.bytes {
            return Err(failed(format!(
                "it is larger than the {} bytes it should be",
                address.bytes
            )));
        }
        out.write_all(&buffer[..n]).map_err(unwritable(pack, &path))?;
        progress.bytes(bytes, address.bytes);
    }
    if bytes < address.bytes {
        return Err(failed(format!("it ended after {bytes} of {} bytes", address.bytes)));
    }
    Ok(path)
}

/// The answer that has the file, behind whatever redirects lead to it.
fn open(address: &Address) -> Result<Response<Body>, String> {
    let whole = PATIENCE + Duration::from_secs(address.bytes / SLOWEST);
    let agent: Agent = Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .timeout_recv_body(Some(whole))
        .build()
        .into();
    let mut url = address.url.clone();
    for _ in 0..=MOST_REDIRECTS {
        if !is_fetchable(&url) {
            return Err(format!("it leads to {url}, which is not encrypted"));
        }
        let answer = agent.get(url.as_str()).call().map_err(|e| unreachable(&url, &e))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let target = answer.headers().get("location").and_then(|l| l.to_str().ok());
        match target.filter(|_| status.is_redirection()) {
            Some(target) => {
                url = Url::join(&url, target).map_err(|e| format!("redirected to nowhere: {e}"))?;
            }
            None => {
                return Err(format!("{} answered {status}", url.host_str().unwrap_or_default()));
            }
        }
    }
    Err(format!("it was redirected more than {MOST_REDIRECTS} times"))
}

fn unreachable(url: &Url, error: &ureq::Error) -> String {
    format!("{} cannot be reached: {error}", url.host_str().unwrap_or_default())
}
