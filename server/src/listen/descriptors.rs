//! How many connections the system lets this process hold.

use std::fs;

use super::Limits;

/// Files, the database's connections and the runtime need descriptors as well.
const RESERVED: usize = 128;

/// The default number of connections, or fewer where the limit on open files is lower: many
/// systems allow 1,024, and a server that has used them up cannot open its database either.
pub fn affordable_connections() -> usize {
    let usual = Limits::default().connections;
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    soft_limit(&limits).map_or(usual, |files| {
        usual.min(files.saturating_sub(RESERVED).max(16))
    })
}

/// The soft limit on open files in the kernel's table; `None` where there is no number.
fn soft_limit(limits: &str) -> Option<usize> {
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_is_read_from_the_table() {
        let table = "Limit                     Soft Limit           Hard Limit           Units\n\
                     Max open files            1024                 524288               files\n";
        assert_eq!(soft_limit(table), Some(1024));
        assert_eq!(
            soft_limit("Max open files            unlimited  unlimited  files\n"),
            None
        );
        assert_eq!(soft_limit(""), None);
    }
}
