//! Parses the command line, starts the log and the runtime, and turns the result into an exit code.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::{Cli, system_locale};
use server::{commands, dispatch};
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

fn main() -> ExitCode {
    if let Some(code) = server::pdf_process::serve() {
        return code;
    }
    server::pdf_process::install();
    // What cannot be parsed is reported before the language that was asked for is known.
    let cli = system_locale().enter(Cli::parse);
    let locale = cli.locale();
    start_log();
    match runtime().map(|runtime| runtime.block_on(locale.scope(dispatch::run(cli)))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => {
            commands::output::aside_line(format_args!("upr-tracker: {failure}"));
            ExitCode::FAILURE
        }
        Err(error) => {
            commands::output::aside_line(format_args!(
                "upr-tracker: the runtime did not start: {error}"
            ));
            ExitCode::FAILURE
        }
    }
}

/// At least four workers, however few cores there are: a page may be rendered on one while another
/// waits for the database, and Leptos deadlocks where the only worker waits for itself.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.max(4))
        .enable_all()
        .build()
}

/// The log goes to standard error, so that an export on standard output stays clean.
fn start_log() {
    let own = || {
        ["server", "app", "data"]
            .into_iter()
            .fold(Targets::new().with_default(Level::WARN), |levels, part| {
                levels.with_target(part, Level::INFO)
            })
    };
    let asked = std::env::var("UPR_TRACKER_LOG").ok();
    let levels = asked.and_then(|levels| levels.parse().ok());
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        // Colours are a feature that is not built in; asking for them panics in a debug build.
        .with_ansi(false);
    tracing_subscriber::registry()
        .with(lines)
        .with(levels.unwrap_or_else(own))
        .init();
}
