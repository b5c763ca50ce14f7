//! How long pages take when many people read at once.
//!
//! In: the address of a running `aver serve` and the pages to ask for. Out: the
//! median, the 99th percentile and the longest wait, in milliseconds. Readers keep
//! their connection and pause between pages as people do (`--pause MS`, default
//! 200; 0 asks without rest).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Runs the readers: `[--readers N] [--pages N] [--pause MS] HOST:PORT PATH...`.
pub fn run(args: &[String]) -> Result<(), String> {
    let (mut readers, mut pages, mut pause) = (50, 40, 200);
    let mut rest = vec![];
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|it| it.parse().ok()).ok_or(format!("error: {arg} needs a number"));
        match arg.as_str() {
            "--readers" => readers = number()?,
            "--pages" => pages = number()?,
            "--pause" => pause = number()?,
            _ => rest.push(arg.clone()),
        }
    }
    let [host, paths @ ..] = rest.as_slice() else {
        return Err("usage: cargo xtask load [--readers N] [--pages N] [--pause MS] HOST:PORT PATH...".to_owned());
    };
    for path in paths {
        let workers: Vec<_> = (0..readers)
            .map(|it| {
                let (host, path) = (host.clone(), path.clone());
                std::thread::spawn(move || read(&host, &path, pages, pause, it))
            })
            .collect();
        let mut waits = vec![];
        for worker in workers {
            waits.extend(worker.join().map_err(|_| "error: a reader broke off".to_owned())??);
        }
        waits.sort_by(f64::total_cmp);
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
        println!(
            "{path}: {} pages to {readers} readers; median {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
            waits.len(),
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
    Ok(())
}

fn read(host: &str, path: &str, pages: u64, pause: u64, reader: u64) -> Result<Vec<f64>, String> {
    let failed = |it: std::io::Error| format!("error: {host}: {it}\nhint: is `aver serve` running there?");
    let stream = TcpStream::connect(host).map_err(failed)?;
    stream.set_nodelay(true).map_err(failed)?;
    let mut answers = BufReader::new(stream.try_clone().map_err(failed)?);
    let mut stream = stream;
    // Readers do not start in step.
    std::thread::sleep(Duration::from_millis(reader * pause / 50));
    let mut waits = vec![];
    for _ in 0..pages {
        let started = Instant::now();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).map_err(failed)?;
        let (mut length, mut status) = (0, String::new());
        loop {
            let mut line = String::new();
            answers.read_line(&mut line).map_err(failed)?;
            if line.trim().is_empty() {
                break;
            }
            if status.is_empty() {
                status = line.trim().to_owned();
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        answers.read_exact(&mut body).map_err(failed)?;
        if !status.contains(" 200 ") {
            return Err(format!("error: {path}: {status}"));
        }
        waits.push(started.elapsed().as_secs_f64() * 1000.0);
        std::thread::sleep(Duration::from_millis(pause));
    }
    Ok(waits)
}
