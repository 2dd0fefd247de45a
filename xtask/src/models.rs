//! The model pack, fetched by the server's own command so that there is one
//! place that knows the manifest and compares hashes.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::process;

/// Folder of weights beside the checkout, when there is one.
pub fn mirror() -> Option<PathBuf> {
    process::folder_from("ROLLCALL_MODELS_MIRROR", "../shared/models")
}

/// Folder of photographs beside the checkout, when there is one.
pub fn faces() -> Option<PathBuf> {
    process::folder_from("ROLLCALL_FACES", "../shared/faces")
}

/// Gives `command` absolute paths of both folders, where they exist.
pub fn add_folders(command: &mut Command) -> &mut Command {
    if let Some(path) = mirror() {
        command.env("ROLLCALL_MODELS_MIRROR", path);
    }
    if let Some(path) = faces() {
        command.env("ROLLCALL_FACES", path);
    }
    command
}

/// Fetches the default pack. Without it the server runs and says what is
/// missing, so trouble is told and not passed on.
pub fn fetch(server: &Path) -> bool {
    let mut command = Command::new(server);
    command.current_dir(process::root()).args(["models", "fetch"]);
    match process::run(add_folders(&mut command)) {
        Ok(()) => true,
        Err(error) => {
            println!("No model pack: {error:#}.");
            println!("Everything that needs no face still works. Later: rollcall models fetch");
            false
        }
    }
}
