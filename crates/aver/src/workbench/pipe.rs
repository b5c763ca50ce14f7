//! Answers that are sent while they are written.
//!
//! In: a function that writes. Out: a response whose body is what it has written so
//! far, a few pieces ahead of the reader and no more. A reader who goes away ends the
//! writing; a failure ends the connection, so that a broken file is not taken for a
//! whole one.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Bytes of a piece.
const PIECE: usize = 64 << 10;
/// Pieces that wait for the reader.
const AHEAD: usize = 4;

/// Answers with what `write` writes, of that media type; `name` makes it a file to be saved.
pub fn written(
    kind: &'static str,
    name: Option<&str>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
) -> Response {
    let (sender, receiver) = channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        let failed = sender.clone();
        let mut out = BufWriter::with_capacity(PIECE, Pipe(sender));
        if let Err(error) = write(&mut out).and_then(|()| out.flush()) {
            // Fails when the reader has gone, and then nobody need know.
            let _ = failed.blocking_send(Err(error));
        }
    });
    let mut answer = ([(header::CONTENT_TYPE, kind)], Body::from_stream(Pieces(receiver))).into_response();
    let saved = name.and_then(|it| format!("attachment; filename=\"{it}\"").parse().ok());
    if let Some(saved) = saved {
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, saved);
    }
    answer
}

type Piece = io::Result<Bytes>;

struct Pipe(Sender<Piece>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Pieces(Receiver<Piece>);

impl Stream for Pieces {
    type Item = Piece;

    fn poll_next(mut self: Pin<&mut Self>, ctx: &mut Context<'_>) -> Poll<Option<Piece>> {
        self.0.poll_recv(ctx)
    }
}
