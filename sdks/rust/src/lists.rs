use crate::client::Client;
use crate::error::{Error, ListError, Result};
use crate::models::{EmailList, ListRow, ListStatus, Reason, Status};
use crate::pages::{poll, Pages, Wait};
use crate::transport::{given, segment, Call};
use crate::upload::{File, Upload};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::io::Write;

/// Lists of addresses that are verified together.
pub struct Lists<'c>(pub(crate) &'c Client);

/// A column's name, or its number, counted from 1.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Column {
    Number(u32),
    Name(String),
}

/// All fields are optional.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UploadParams {
    pub name: Option<String>,
    pub policy: Option<String>,
    /// Whether to start verifying as soon as the file is read.
    pub start: Option<bool>,
    /// `full` holds the most credits the list can cost; `until_empty` holds the credits you have and pauses the list when they run out.
    pub mode: Option<String>,
    pub credit_cap: Option<u32>,
    pub retention_days: Option<u32>,
    pub metadata: Option<Map<String, Value>>,
    pub email_column: Option<Column>,
    pub has_header: Option<bool>,
    #[serde(skip_serializing)]
    pub idempotency_key: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListFilter {
    pub status: Option<ListStatus>,
    pub limit: Option<u32>,
}

/// Changes how many days the list is kept, or which column holds the addresses.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListChange {
    pub retention_days: Option<u32>,
    pub email_column: Option<Column>,
    pub has_header: Option<bool>,
}

/// All fields are optional.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StartParams {
    pub mode: Option<String>,
    pub credit_cap: Option<u32>,
    pub email_column: Option<Column>,
    pub has_header: Option<bool>,
    #[serde(skip_serializing)]
    pub idempotency_key: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RowFilter {
    pub status: Option<Status>,
    pub reason: Option<Reason>,
    pub provider: Option<String>,
    pub q: Option<String>,
    /// `all`, `send`, `review`, `do_not_send` or `retry`.
    pub segment: Option<String>,
    pub limit: Option<u32>,
}

/// All fields are optional.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DownloadParams {
    /// `all`, `send`, `review`, `do_not_send`, `retry` or `rejected`.
    pub segment: Option<String>,
    /// `csv`, `xlsx` or `jsonl`.
    pub format: Option<String>,
    /// Any of `own`, `verdict` and `details`.
    pub columns: Option<Vec<String>>,
    pub bom: Option<bool>,
    pub status: Option<Status>,
    pub reason: Option<Reason>,
    pub provider: Option<String>,
    pub q: Option<String>,
}

impl Lists<'_> {
    /// Uploads a file and verifies it. Returns the completed list and its rows. `on_progress` is called with the list.
    pub fn verify(
        &self,
        file: File<'_>,
        params: &UploadParams,
        wait: Wait,
        mut on_progress: impl FnMut(&EmailList),
    ) -> Result<(EmailList, Pages<ListRow>)> {
        let created = self.create(file, &UploadParams { start: Some(true), ..params.clone() })?;
        on_progress(&created);
        let list = self.wait(&created.id, wait, on_progress)?;
        if list.status != ListStatus::Completed {
            return Err(list_error(list));
        }
        let rows = self.results(&list.id, &RowFilter::default());
        Ok((list, rows))
    }

    /// Uploads a file.
    pub fn create(&self, file: File<'_>, params: &UploadParams) -> Result<EmailList> {
        let upload = Some(Upload::new(file, &given(params)));
        self.0 .0.json(Call { upload, spends: true, idempotency_key: params.idempotency_key.clone(), ..Call::post("/v1/lists") })
    }

    /// All lists, newest first.
    pub fn list(&self, filter: &ListFilter) -> Pages<EmailList> {
        Pages::new(self.0, "/v1/lists", given(filter))
    }

    pub fn get(&self, id: &str) -> Result<EmailList> {
        self.0 .0.json(Call::get(path(id)))
    }

    pub fn update(&self, id: &str, change: &ListChange) -> Result<EmailList> {
        self.0 .0.json(Call { method: "PATCH", json: Some(given(change).into()), ..Call::get(path(id)) })
    }

    /// Deletes the list's rows. The list itself is kept, as `Expired`, with its totals.
    pub fn delete(&self, id: &str) -> Result<EmailList> {
        self.0 .0.json(Call { method: "DELETE", ..Call::get(path(id)) })
    }

    pub fn start(&self, id: &str, params: &StartParams) -> Result<EmailList> {
        self.spend(id, "start", params)
    }

    /// Uses only `credit_cap` of the parameters.
    pub fn resume(&self, id: &str, params: &StartParams) -> Result<EmailList> {
        self.spend(id, "resume", params)
    }

    pub fn retry_unknowns(&self, id: &str, params: &StartParams) -> Result<EmailList> {
        self.spend(id, "retry-unknowns", params)
    }

    pub fn pause(&self, id: &str) -> Result<EmailList> {
        self.0 .0.json(Call::post(path(id) + "/pause"))
    }

    pub fn cancel(&self, id: &str) -> Result<EmailList> {
        self.0 .0.json(Call::post(path(id) + "/cancel"))
    }

    /// The list's rows, even while the list is running.
    pub fn results(&self, id: &str, filter: &RowFilter) -> Pages<ListRow> {
        Pages::new(self.0, path(id) + "/results", given(filter))
    }

    /// Streams the whole list as a file to `to`, in its original columns and order. Returns the number of bytes written.
    pub fn download(&self, id: &str, params: &DownloadParams, to: &mut impl Write) -> Result<u64> {
        self.0 .0.stream(Call { query: given(params), ..Call::get(path(id) + "/download") }, to)
    }

    /// Waits until the list is completed or has stopped (paused, failed, or waiting for its column to be chosen).
    pub fn wait(&self, id: &str, wait: Wait, on_progress: impl FnMut(&EmailList)) -> Result<EmailList> {
        self.wait_until(id, wait, on_progress, is_standing)
    }

    /// Waits until the list's file is read and quoted.
    pub fn wait_ready(&self, id: &str, wait: Wait, on_progress: impl FnMut(&EmailList)) -> Result<EmailList> {
        let is_read = |list: &EmailList| !matches!(list.status, ListStatus::Uploading | ListStatus::Parsing);
        self.wait_until(id, wait, on_progress, is_read)
    }

    fn wait_until(
        &self,
        id: &str,
        wait: Wait,
        mut on_progress: impl FnMut(&EmailList),
        is_done: impl Fn(&EmailList) -> bool,
    ) -> Result<EmailList> {
        let look = || {
            let list = self.get(id)?;
            on_progress(&list);
            Ok(list)
        };
        poll(wait, look, is_done)
    }

    fn spend(&self, id: &str, step: &str, params: &StartParams) -> Result<EmailList> {
        let fields = given(params);
        let json = (!fields.is_empty()).then(|| fields.into());
        let call = Call::post(format!("{}/{step}", path(id)));
        self.0 .0.json(Call { json, spends: true, idempotency_key: params.idempotency_key.clone(), ..call })
    }
}

fn path(id: &str) -> String {
    format!("/v1/lists/{}", segment(id))
}

fn is_standing(list: &EmailList) -> bool {
    match list.status {
        ListStatus::Completed | ListStatus::Cancelled | ListStatus::Failed | ListStatus::Expired | ListStatus::Paused => true,
        ListStatus::Ready => list.failure.is_some(),
        _ => false,
    }
}

fn list_error(list: EmailList) -> Error {
    let status = serde_json::json!(list.status).as_str().unwrap_or_default().to_owned();
    let (code, message) = match &list.failure {
        Some(failure) => (failure.code.clone(), failure.detail.clone()),
        None => {
            let code = list.pause_reason.clone().unwrap_or_else(|| status.clone());
            let message = format!("The list is {status} ({code}).");
            (code, message)
        }
    };
    Error::List(Box::new(ListError { code, message, list }))
}
