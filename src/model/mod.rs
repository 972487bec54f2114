//! The words of the field: stays, events, patients, payers, months, money, time. Pure: no clock of its own, no I/O.
