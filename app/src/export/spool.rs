//! A pipe whose writer does not wait for its reader: what the reader has not taken yet lies in a temporary
//! file without a name.
//!
//! A file that is written while it is sent holds a thread and a snapshot of the database. Written through
//! this, it holds them for as long as writing takes, however slow the reader is, so that slow readers keep
//! nobody from a file. Where all pipes together hold too much, the one that is read most slowly is cut off.

use axum::body::Bytes;
use data::settings;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Pieces that are held in memory before the file is used: readers that keep up never need it.
const IN_MEMORY: usize = 4;

/// The largest piece that is read from the file at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// Pipes that share a limit.
pub(crate) struct Spools {
    most: u64,
    most_files: usize,
    pipes: Mutex<Vec<Weak<Pipe>>>,
}

/// Those of this process.
pub(crate) static SPOOLS: Spools =
    Spools::new(settings::SPOOL_BYTES_MAX, settings::SPOOL_FILES_MAX);

/// The end that is written to, from a thread that may block.
pub(crate) struct Writer {
    spools: &'static Spools,
    pipe: Arc<Pipe>,
}

/// The end that is read.
pub(crate) struct Reader(Arc<Pipe>);

struct Pipe {
    opened: Instant,
    state: Mutex<State>,
    moved: Notify,
}

#[derive(Default)]
struct State {
    memory: VecDeque<Bytes>,
    file: Option<File>,
    /// Bytes in the file, and how many of them have been read.
    written: u64,
    read: u64,
    /// Bytes that the reader has taken in all.
    taken: u64,
    end: Option<End>,
    reader_is_gone: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    Broken,
}

impl Spools {
    const fn new(most: u64, most_files: usize) -> Self {
        Self {
            most,
            most_files,
            pipes: Mutex::new(Vec::new()),
        }
    }

    /// Both ends of a new pipe.
    pub(crate) fn pipe(&'static self) -> (Writer, Reader) {
        let pipe = Arc::new(Pipe {
            opened: Instant::now(),
            state: Mutex::default(),
            moved: Notify::new(),
        });
        let mut pipes = self.pipes.lock().unwrap_or_else(PoisonError::into_inner);
        pipes.retain(|pipe| pipe.strong_count() > 0);
        pipes.push(Arc::downgrade(&pipe));
        let writer = Writer {
            spools: self,
            pipe: Arc::clone(&pipe),
        };
        (writer, Reader(pipe))
    }

    /// Cuts off the slowest readers until so many bytes more fit. Whether they do: a pipe that has all the
    /// room to itself has to wait for its own reader.
    fn make_room(&self, bytes: u64) -> bool {
        let pipes = self.pipes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut holding: Vec<(u64, u64, Arc<Pipe>)> = pipes
            .iter()
            .filter_map(Weak::upgrade)
            .filter_map(|pipe| {
                let state = pipe.state();
                let (held, taken) = (state.written, state.taken);
                drop(state);
                let milliseconds = u64::try_from(pipe.opened.elapsed().as_millis());
                let rate = taken / milliseconds.unwrap_or(u64::MAX).max(1);
                (held > 0).then_some((rate, held, pipe))
            })
            .collect();
        holding.sort_by_key(|(rate, ..)| *rate);
        let mut sum: u64 = holding.iter().map(|(_, held, _)| held).sum();
        let mut left = holding.len();
        for (_, held, pipe) in holding {
            if sum + bytes <= self.most && left <= self.most_files {
                return true;
            }
            if left == 1 {
                return false;
            }
            pipe.finish(End::Broken);
            sum -= held;
            left -= 1;
        }
        true
    }
}

impl Pipe {
    /// Every section leaves a state behind that the other end can use.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends it, unless it has ended already. What is broken lets go of what it holds.
    fn finish(&self, end: End) {
        let mut state = self.state();
        if state.end.is_none() || end == End::Broken {
            state.end = Some(end);
        }
        if end == End::Broken {
            state.release();
        }
        drop(state);
        self.moved.notify_one();
    }
}

impl State {
    fn release(&mut self) {
        self.memory.clear();
        self.file = None;
        (self.written, self.read) = (0, 0);
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.seek(SeekFrom::Start(self.written))?;
        // Into the system's cache: no time that anybody would wait for.
        file.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// The next piece; none if there is none yet.
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        if let Some(piece) = self.memory.pop_front() {
            self.taken += piece.len() as u64;
            return Ok(Some(piece));
        }
        let left = self.written - self.read;
        let Some(file) = self.file.as_mut().filter(|_| left > 0) else {
            return Ok(None);
        };
        let length = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let mut piece = vec![0; length];
        file.seek(SeekFrom::Start(self.read))?;
        file.read_exact(&mut piece)?;
        self.read += length as u64;
        self.taken += length as u64;
        if self.read == self.written {
            // All of it is read: the disk gets its space back, and memory is enough again.
            self.file = None;
            (self.written, self.read) = (0, 0);
        }
        Ok(Some(piece.into()))
    }
}

impl Writer {
    /// Says that everything is written. Dropped without this, the pipe ends in an error, so that nobody
    /// takes half a file for a whole one.
    pub(crate) fn finish(self) {
        self.pipe.finish(End::Whole);
    }

    /// Waits until the reader has taken everything, as long as it takes anything.
    fn wait_until_drained(&self) -> io::Result<()> {
        let mut last = (Instant::now(), self.pipe.state().taken);
        loop {
            std::thread::sleep(Duration::from_millis(20));
            let state = self.pipe.state();
            if state.written == 0 || state.reader_is_gone || state.end.is_some() {
                return Ok(());
            }
            if state.taken != last.1 {
                last = (Instant::now(), state.taken);
            } else if last.0.elapsed() > settings::SPOOL_WAIT {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.pipe.state();
        if state.reader_is_gone || state.end.is_some() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        // Once something waits in the file, everything after it goes there as well, to stay in order.
        if state.written == 0 && state.memory.len() < IN_MEMORY {
            state.memory.push_back(Bytes::copy_from_slice(bytes));
        } else {
            drop(state);
            if !self.spools.make_room(bytes.len() as u64) {
                self.wait_until_drained()?;
            }
            state = self.pipe.state();
            if state.end.is_some() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            state.append(bytes)?;
        }
        drop(state);
        self.pipe.moved.notify_one();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.pipe.state().end.is_none() {
            self.pipe.finish(End::Broken);
        }
    }
}

impl Reader {
    /// The next piece; none after the last one.
    pub(crate) async fn next(&self) -> Option<io::Result<Bytes>> {
        loop {
            if let Poll::Ready(piece) = self.now() {
                return piece;
            }
            self.0.moved.notified().await;
        }
    }

    fn now(&self) -> Poll<Option<io::Result<Bytes>>> {
        let mut state = self.0.state();
        if state.end == Some(End::Broken) {
            let broken = io::Error::other("the file was not written whole");
            return Poll::Ready(Some(Err(broken)));
        }
        match state.next() {
            Ok(None) if state.end.is_some() => Poll::Ready(None),
            Ok(None) => Poll::Pending,
            piece => Poll::Ready(piece.transpose()),
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.reader_is_gone = true;
        state.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn rest(reader: &Reader) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        while let Some(piece) = reader.next().await {
            all.extend_from_slice(&piece?);
        }
        Ok(all)
    }

    #[tokio::test]
    async fn a_writer_never_waits_and_everything_arrives_in_order() {
        static SPOOLS: Spools = Spools::new(settings::SPOOL_BYTES_MAX, settings::SPOOL_FILES_MAX);
        let (mut writer, reader) = SPOOLS.pipe();
        let pieces: Vec<Vec<u8>> = (0..100_u8).map(|n| vec![n; 3_000]).collect();
        let mut read = Vec::new();
        for (number, piece) in pieces.iter().enumerate() {
            writer.write_all(piece).unwrap();
            // Some of it is read meanwhile, from memory and from the file.
            if number % 7 == 0 {
                read.extend_from_slice(&reader.next().await.unwrap().unwrap());
            }
        }
        assert!(reader.0.state().file.is_some());
        writer.finish();
        read.extend(rest(&reader).await.unwrap());
        assert_eq!(read, pieces.concat());
        assert!(reader.0.state().file.is_none(), "the space is given back");
    }

    #[tokio::test]
    async fn what_is_not_finished_is_broken_and_a_reader_that_left_stops_the_writer() {
        static SPOOLS: Spools = Spools::new(settings::SPOOL_BYTES_MAX, settings::SPOOL_FILES_MAX);
        let (mut writer, reader) = SPOOLS.pipe();
        writer.write_all(b"half").unwrap();
        drop(writer);
        assert!(rest(&reader).await.is_err());
        let (mut writer, reader) = SPOOLS.pipe();
        drop(reader);
        assert!(writer.write_all(b"for nobody").is_err());
    }

    #[tokio::test]
    async fn where_there_are_too_many_files_the_slowest_reader_is_cut_off() {
        static SPOOLS: Spools = Spools::new(settings::SPOOL_BYTES_MAX, 2);
        let mut pipes: Vec<_> = (0..4).map(|_| SPOOLS.pipe()).collect();
        for _ in 0..IN_MEMORY + 2 {
            for (writer, _) in &mut pipes {
                // One that is cut off learns it here.
                let _ = writer.write_all(&[0; 1_000]);
            }
        }
        let broken = |(_, reader): &&(Writer, Reader)| reader.0.state().end == Some(End::Broken);
        assert!(pipes.iter().filter(broken).count() >= 1);
        let files = pipes
            .iter()
            .filter(|(_, reader)| reader.0.state().file.is_some());
        assert!(files.count() <= 3);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn one_that_is_larger_than_all_room_waits_for_its_own_reader() {
        static SPOOLS: Spools = Spools::new(50_000, settings::SPOOL_FILES_MAX);
        let (mut writer, reader) = SPOOLS.pipe();
        let writing = std::thread::spawn(move || {
            for _ in 0..100 {
                writer.write_all(&[0; 3_000]).unwrap();
            }
            writer.finish();
        });
        assert_eq!(rest(&reader).await.unwrap().len(), 300_000);
        writing.join().unwrap();
    }

    #[tokio::test]
    async fn where_all_hold_too_much_the_slowest_reader_is_cut_off() {
        static SPOOLS: Spools = Spools::new(100_000, settings::SPOOL_FILES_MAX);
        let (mut slow, slow_reader) = SPOOLS.pipe();
        let (mut fast, fast_reader) = SPOOLS.pipe();
        for _ in 0..20 {
            slow.write_all(&[0; 3_000]).unwrap();
        }
        let mut read = 0;
        for _ in 0..50 {
            fast.write_all(&[0; 3_000]).unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            if read < 60_000 {
                read += fast_reader.next().await.unwrap().unwrap().len();
            }
        }
        assert!(slow.write_all(b"more").is_err());
        drop(slow);
        assert!(rest(&slow_reader).await.is_err());
        fast.finish();
        assert_eq!(read + rest(&fast_reader).await.unwrap().len(), 150_000);
    }
}
