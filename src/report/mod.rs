//! Reports: figures and tables as data, findings in words, and the files of a result folder.

pub mod draw;
pub mod figure;
