//! Many articles at once.
mod schedule;
