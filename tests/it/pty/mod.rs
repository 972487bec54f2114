//! The console as its user has it: the program itself on a terminal.

mod closing;
mod ends;
mod hostile;
mod plain;
mod screen;
mod shift;
mod store;
mod together;
