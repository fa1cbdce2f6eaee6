use crate::error::Result;
use crate::transport::random_id;
use serde_json::{Map, Value};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// A file to upload. A path or bytes can be sent again when a connection breaks; a reader can't.
pub struct File<'a> {
    name: String,
    source: Source<'a>,
    on_progress: Option<Box<dyn FnMut(UploadProgress) + 'a>>,
}

enum Source<'a> {
    Path(PathBuf),
    Bytes(Vec<u8>),
    Reader(Option<Box<dyn Read + 'a>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadProgress {
    pub sent_bytes: u64,
    /// None if the size of the source is not known.
    pub total_bytes: Option<u64>,
}

impl<'a> File<'a> {
    /// The file is read while it is sent.
    pub fn path(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref().to_path_buf();
        let name = path.file_name().map_or_else(|| "list.csv".into(), |name| name.to_string_lossy().into_owned());
        File { name, source: Source::Path(path), on_progress: None }
    }

    pub fn bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        File { name: name.into(), source: Source::Bytes(bytes.into()), on_progress: None }
    }

    pub fn reader(name: impl Into<String>, reader: impl Read + 'a) -> Self {
        File { name: name.into(), source: Source::Reader(Some(Box::new(reader))), on_progress: None }
    }

    pub fn named(self, name: impl Into<String>) -> Self {
        File { name: name.into(), ..self }
    }

    pub fn on_progress(self, tell: impl FnMut(UploadProgress) + 'a) -> Self {
        File { on_progress: Some(Box::new(tell)), ..self }
    }

    fn size(&self) -> Result<Option<u64>> {
        Ok(match &self.source {
            Source::Path(path) => Some(std::fs::metadata(path)?.len()),
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Reader(_) => None,
        })
    }
}

/// A file as a multipart form: the fields come first, because the API stores the file as it arrives.
pub(crate) struct Upload<'a> {
    file: File<'a>,
    boundary: String,
    head: String,
    tail: String,
}

impl<'a> Upload<'a> {
    pub fn new(file: File<'a>, fields: &Map<String, Value>) -> Self {
        let boundary = format!("ev-{}", random_id());
        let mut head = String::new();
        for (name, value) in fields {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            head += &format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        }
        let name = file.name.replace(['"', '\r', '\n'], "_");
        head += &format!("--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n");
        head += "content-type: application/octet-stream\r\n\r\n";
        let tail = format!("\r\n--{boundary}--\r\n");
        Upload { file, boundary, head, tail }
    }

    pub fn can_replay(&self) -> bool {
        !matches!(self.file.source, Source::Reader(_))
    }

    pub fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    pub fn length(&self) -> Result<Option<u64>> {
        Ok(self.file.size()?.map(|size| size + (self.head.len() + self.tail.len()) as u64))
    }

    /// Starts over for another attempt.
    pub fn open(&mut self) -> Result<Box<dyn Read + '_>> {
        let total_bytes = self.file.size()?;
        let reader: Box<dyn Read + '_> = match &mut self.file.source {
            Source::Path(path) => Box::new(std::fs::File::open(path)?),
            Source::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            Source::Reader(reader) => reader.take().unwrap_or_else(|| Box::new(std::io::empty())),
        };
        let counted = Counted { reader, on_progress: &mut self.file.on_progress, sent_bytes: 0, total_bytes };
        Ok(Box::new(Cursor::new(&self.head).chain(counted).chain(Cursor::new(&self.tail))))
    }
}

struct Counted<'u, 'a> {
    reader: Box<dyn Read + 'u>,
    on_progress: &'u mut Option<Box<dyn FnMut(UploadProgress) + 'a>>,
    sent_bytes: u64,
    total_bytes: Option<u64>,
}

impl Read for Counted<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let size = self.reader.read(buffer)?;
        self.sent_bytes += size as u64;
        if let (Some(tell), true) = (self.on_progress.as_mut(), size > 0) {
            tell(UploadProgress { sent_bytes: self.sent_bytes, total_bytes: self.total_bytes });
        }
        Ok(size)
    }
}
