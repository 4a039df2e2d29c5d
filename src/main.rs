//! The command `commonground`.
fn main() {}
