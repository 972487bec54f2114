//! The console as its user has it: the program itself on a terminal.

mod closing;
mod duty_officer;
mod ends;
mod finance;
mod hostile;
mod idle;
mod plain;
mod planner;
mod screen;
mod seen;
mod shift;
mod store;
mod together;
