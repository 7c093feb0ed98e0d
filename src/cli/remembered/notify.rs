//! A notice at the end of a run by itself: to a robot of the office, to a program, or to nobody.
//!
//! For: people who do not read journals. Off unless `--notify FILE` names where it goes; the file has the secret part of
//! the address, so it is a file of its own. Invariants: it comes after everything else and changes nothing of it; it
//! gives up after a fixed number of attempts; no line about it says the address.

use super::CliError;
use crate::cli::session::Session;
use crate::views::changes::{Notification, signed};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long one attempt may take: robots answer within a second.
const TIME: Duration = Duration::from_secs(10);
/// How long a program may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The longest wait between two attempts.
const LONGEST: Duration = Duration::from_mins(1);
/// The most attempts that may be asked for.
const MOST: u32 = 10;

/// Where a notice goes and when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notify {
    webhook: Option<String>,
    #[serde(default)]
    shape: Shape,
    /// What a robot of DingTalk signs with (加签).
    secret: Option<String>,
    proxy: Option<String>,
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    when: When,
    #[serde(default = "attempts")]
    attempts: u32,
    #[serde(default = "wait")]
    wait_seconds: u64,
}

/// How the text is wrapped.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shape {
    /// The counts as they are.
    #[default]
    Json,
    /// A robot of WeCom (企业微信).
    Wecom,
    /// A robot of DingTalk (钉钉).
    Dingtalk,
}

/// After which runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum When {
    /// Where something changed, or the run failed.
    #[default]
    Changed,
    /// After every run.
    Always,
}

fn attempts() -> u32 {
    4
}

fn wait() -> u64 {
    2
}

impl Notify {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read or is at fault: said before the run begins, not after it.
    pub(super) fn read(path: &Path) -> Result<Notify, CliError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| CliError::Read { path: path.to_owned(), source })?;
        let faulty = |said: String| CliError::NotifyFaulty { path: path.to_owned(), said };
        let notify: Notify = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            faulty(format!("{line}: {}", error.message()))
        })?;
        let is_address = |text: &String| text.starts_with("https://") || text.starts_with("http://");
        if notify.webhook.is_some() != notify.command.is_empty() {
            return Err(faulty("webhook | command".to_owned()));
        }
        if !notify.webhook.iter().all(is_address) || !(1..=MOST).contains(&notify.attempts) {
            return Err(faulty(format!("webhook = \"https://…\", attempts = 1–{MOST}")));
        }
        // Only that robot knows what a signature is; elsewhere the secret would be a slip that nobody sees.
        let signs = notify.webhook.is_some() && matches!(notify.shape, Shape::Dingtalk);
        if notify.secret.as_ref().is_some_and(|secret| secret.is_empty() || !signs) {
            return Err(faulty("secret = \"SEC…\", shape = \"dingtalk\"".to_owned()));
        }
        Ok(notify)
    }

    /// Sends a notice if this run is worth one, and says how that went.
    pub(super) fn send(&self, notice: &Notification, is_news: bool, session: &Session) {
        if !is_news && self.when == When::Changed {
            return;
        }
        let mut wait = Duration::from_secs(self.wait_seconds);
        let mut said = String::new();
        for attempt in 1..=self.attempts {
            match self.once(notice) {
                Ok(()) => {
                    session
                        .note(&session.catalogue.fill("notify.sent", &[("attempts", attempt.to_string())]));
                    return;
                }
                Err(error) => said = error,
            }
            if attempt < self.attempts {
                std::thread::sleep(wait.min(LONGEST));
                wait *= 4;
            }
        }
        let args = [("attempts", self.attempts.to_string()), ("said", said)];
        session.note(&session.catalogue.fill("notify.unsent", &args));
    }

    fn once(&self, notice: &Notification) -> Result<(), String> {
        let Some(address) = &self.webhook else { return call(&self.command, &notice.value) };
        let body = match self.shape {
            Shape::Json => notice.value.clone(),
            Shape::Wecom => json!({"msgtype": "text", "text": {"content": notice.text()}}),
            Shape::Dingtalk => json!({
                "msgtype": "markdown",
                "markdown": {"title": notice.title, "text": notice.text().replace('\n', "\n\n")},
            }),
        };
        let now = jiff::Timestamp::now().as_millisecond();
        let signed = self.secret.as_ref().map(|secret| signed(address, secret, now));
        let address = signed.as_ref().unwrap_or(address);
        let (status, answer) = post(address, body.to_string(), self.proxy.as_deref())?;
        if !(200..300).contains(&status) {
            return Err(format!("HTTP {status}"));
        }
        // Robots refuse with status 200 and a number of their own.
        let refused = serde_json::from_slice::<Value>(&answer).ok().and_then(|said| said["errcode"].as_i64());
        match refused {
            Some(number) if number != 0 => Err(format!("errcode {number}")),
            _ => Ok(()),
        }
    }
}

#[cfg(feature = "net")]
fn post(address: &str, body: String, proxy: Option<&str>) -> Result<(u16, Vec<u8>), String> {
    crate::collect::fetch::post(address, body, proxy, TIME)
}

#[cfg(not(feature = "net"))]
fn post(_: &str, _: String, _: Option<&str>) -> Result<(u16, Vec<u8>), String> {
    Err(format!("no net, {} s", TIME.as_secs()))
}

/// Hands the counts to a program on its standard input; no shell is in between.
fn call(command: &[String], value: &Value) -> Result<(), String> {
    let (program, arguments) = command.split_first().ok_or("command = []")?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    // A few kilobytes fit into the pipe, read or not; a program that does not want them is free to close it.
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(format!("{value}\n").as_bytes());
    }
    let began = Instant::now();
    loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(status.to_string()),
            None if began.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("> {} s", PATIENCE.as_secs()));
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}
