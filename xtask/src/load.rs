//! How long pages take when many people read at once.
//!
//! In: the address of a running `aver serve` and the pages to ask for. Out: the
//! median, the 99th percentile and the longest wait, in milliseconds. Readers keep
//! their connection and pause between pages as people do (`--pause MS`, default
//! 200; 0 asks without rest). With the server's process id (`--pid N`, where the
//! system has `/proc`) also its processor time a page, which other work on the
//! machine does not lengthen, and its memory.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Clock ticks a second in `/proc`, the same on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// Runs the readers: `[--readers N] [--pages N] [--pause MS] [--pid N] HOST:PORT PATH...`.
pub fn run(args: &[String]) -> Result<(), String> {
    let (mut readers, mut pages, mut pause, mut pid) = (50, 40, 200, 0);
    let mut rest = vec![];
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|it| it.parse().ok()).ok_or(format!("error: {arg} needs a number"));
        match arg.as_str() {
            "--readers" => readers = number()?,
            "--pages" => pages = number()?,
            "--pause" => pause = number()?,
            "--pid" => pid = number()?,
            _ => rest.push(arg.clone()),
        }
    }
    let [host, paths @ ..] = rest.as_slice() else {
        return Err(
            "usage: cargo xtask load [--readers N] [--pages N] [--pause MS] [--pid N] HOST:PORT PATH...".to_owned()
        );
    };
    for path in paths {
        let before = spent(pid);
        let workers: Vec<_> = (0..readers)
            .map(|it| {
                let (host, path) = (host.clone(), path.clone());
                std::thread::spawn(move || read(&host, &path, pages, pause, it))
            })
            .collect();
        let (mut waits, mut bytes) = (vec![], 0);
        for worker in workers {
            let read = worker.join().map_err(|_| "error: a reader broke off".to_owned())??;
            waits.extend(read.0);
            bytes += read.1;
        }
        waits.sort_by(f64::total_cmp);
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
        let server = match (before, spent(pid)) {
            (Some((before, _)), Some((after, memory))) => format!(
                "; the server: {:.2} ms of a processor a page, {memory} MiB",
                (after - before) * 1000.0 / waits.len() as f64
            ),
            _ => String::new(),
        };
        println!(
            "{path}: {} pages of {} kB to {readers} readers; median {:.1} ms, p99 {:.1} ms, longest {:.1} ms{server}",
            waits.len(),
            bytes / waits.len() / 1000,
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
    Ok(())
}

/// Returns the processor time that a process has used, in seconds, and its resident memory in MiB.
fn spent(pid: u64) -> Option<(f64, u64)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold spaces; user and system time are the 12th and 13th value after it.
    let values: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| values.get(at)?.parse::<f64>().ok();
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let resident = status.lines().find_map(|it| it.strip_prefix("VmRSS:"))?.split_whitespace().next()?;
    Some(((ticks(11)? + ticks(12)?) / TICKS, resident.parse::<u64>().ok()? / 1024))
}

fn read(host: &str, path: &str, pages: u64, pause: u64, reader: u64) -> Result<(Vec<f64>, usize), String> {
    let failed = |it: std::io::Error| format!("error: {host}: {it}\nhint: is `aver serve` running there?");
    let stream = TcpStream::connect(host).map_err(failed)?;
    stream.set_nodelay(true).map_err(failed)?;
    let mut answers = BufReader::new(stream.try_clone().map_err(failed)?);
    let mut stream = stream;
    // Readers do not start in step.
    std::thread::sleep(Duration::from_millis(reader * pause / 50));
    let (mut waits, mut bytes) = (vec![], 0);
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
        bytes += length;
        waits.push(started.elapsed().as_secs_f64() * 1000.0);
        std::thread::sleep(Duration::from_millis(pause));
    }
    Ok((waits, bytes))
}
