//! Promises that an attack has tried: nothing acknowledged is lost, nothing undone comes back.

mod connections;
mod doors;
mod erasure;
mod full_disk;
mod passwords;
mod races;
mod second_start;
mod tokens;
mod traces;
