//! Bytes of a file with everything beyond ASCII hidden, and a limit to how many are given.

use std::io::{self, BufRead, Read};

pub(in crate::read::container) fn newlines(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from(*b == b'\n')).sum()
}

/// A file of which only the ASCII is shown, with its lines counted, and with a limit to how much is read
/// at a time.
pub(super) struct Masked<R> {
    inner: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    lines: u32,
    allowed: u64,
    /// Length of the byte order mark, which is not shown.
    pub(super) mark: u64,
    begun: bool,
}

impl<R: Read> Masked<R> {
    pub(super) fn new(inner: R) -> Self {
        let buffer = vec![0; 64 * 1024].into_boxed_slice();
        Self { inner, buffer, start: 0, end: 0, lines: 0, allowed: 0, mark: 0, begun: false }
    }

    /// The line of the next byte, from 1.
    pub(super) fn line(&self) -> u32 {
        self.lines.saturating_add(1)
    }

    /// Lets `bytes` more be read.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.allowed = bytes;
    }
}

impl<R: Read> Read for Masked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(out.len());
        out[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Masked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            if self.allowed == 0 {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            self.start = 0;
            self.end = self.inner.read(&mut self.buffer)?;
            if !std::mem::replace(&mut self.begun, true)
                && self.buffer[..self.end].starts_with(b"\xef\xbb\xbf")
            {
                self.start = 3;
                self.mark = 3;
            }
            for byte in &mut self.buffer[self.start..self.end] {
                if !byte.is_ascii() {
                    *byte = b'?';
                }
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, n: usize) {
        let until = (self.start + n).min(self.end);
        self.lines = self.lines.saturating_add(newlines(&self.buffer[self.start..until]));
        self.allowed = self.allowed.saturating_sub(n as u64);
        self.start = until;
    }
}
