//! The pages, one file each: load what is shown, then say how it looks.

pub(crate) mod home;
