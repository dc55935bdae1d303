//! One address -> what is there, asked as often as it takes.

use std::io::ErrorKind;
use std::thread::sleep;
use std::time::Duration;

use ureq::http::{StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error, Timeout};

use super::{Address, Answer};

/// How long it is waited before each attempt.
const WAITS: [Duration; 3] = [Duration::ZERO, Duration::from_secs(1), Duration::from_secs(4)];

/// Whoever wants more time than this is left alone.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it may take to be connected.
const CONNECTING: Duration = Duration::from_secs(10);

/// How the addresses are asked for, and with whose certificates: those that the machine trusts. Proxies are those of the
/// environment (`HTTPS_PROXY`, `NO_PROXY`…).
pub(super) fn agent() -> Agent {
    let certificates = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .timeout_connect(Some(CONNECTING))
        .user_agent(concat!("livedoc/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .tls_config(certificates);
    config.build().into()
}

/// What one attempt came to.
enum Outcome {
    Final(Answer),
    /// To be tried again, after this time if the other side has said so.
    Later(String, Option<Duration>),
}

/// What is at `address`.
pub(super) fn ask(agent: &Agent, address: &Address) -> Answer {
    let mut reason = String::new();
    let mut wanted = None;
    for wait in WAITS {
        sleep(wanted.unwrap_or(wait).max(wait));
        match attempt(agent, address) {
            Outcome::Final(answer) => return answer,
            Outcome::Later(why, after) => (reason, wanted) = (why, after),
        }
        if wanted.is_some_and(|wanted| wanted > LONGEST_WAIT) {
            break;
        }
    }
    Answer::Silent(reason)
}

fn attempt(agent: &Agent, address: &Address) -> Outcome {
    match agent.head(address.as_str()).call() {
        Ok(response) if response.status().is_success() => return Outcome::Final(Answer::There),
        // Not every server knows what `HEAD` is.
        Ok(_) | Err(Error::Protocol(_)) => {}
        Err(Error::Io(error)) if is_cut_off(error.kind()) => {}
        Err(error) => return failed(&error),
    }
    let response = match agent.get(address.as_str()).call() {
        Ok(response) => response,
        Err(error) => return failed(&error),
    };
    let status = response.status();
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Final(Answer::Gone(status.to_string())),
        _ if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
            let after = response.headers().get(header::RETRY_AFTER).and_then(|after| after.to_str().ok()?.parse().ok());
            Outcome::Later(status.to_string(), after.map(Duration::from_secs))
        }
        _ => Outcome::Final(Answer::There),
    }
}

/// Whether the other side ended the connection instead of answering.
fn is_cut_off(kind: ErrorKind) -> bool {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(kind, BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof)
}

fn failed(error: &Error) -> Outcome {
    match error {
        Error::HostNotFound => Outcome::Final(Answer::NoHost),
        Error::Io(error) if is_no_host(error) => Outcome::Final(Answer::NoHost),
        Error::TooManyRedirects => Outcome::Final(Answer::Silent("it leads on and on".to_owned())),
        Error::Timeout(Timeout::Connect) => Outcome::Later("nobody takes the connection".to_owned(), None),
        Error::Timeout(_) => Outcome::Later(format!("no answer within {} s", PATIENCE.as_secs()), None),
        Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            Outcome::Later("the connection is refused".to_owned(), None)
        }
        error => Outcome::Later(error.to_string(), None),
    }
}

/// Whether the name of a host is known not to exist, and not only unknown for now (`EAI_NONAME`, not `EAI_AGAIN`; the standard library has
/// only words for them).
fn is_no_host(error: &std::io::Error) -> bool {
    let text = error.to_string();
    ["Name or service not known", "nodename nor servname", "No such host is known", "Name does not resolve"]
        .iter()
        .any(|words| text.contains(words))
}
