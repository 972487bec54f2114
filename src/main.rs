//! The binary: hands the command line to the library.

/// An import makes and drops millions of small values on several threads;
/// the system's allocator takes a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {}
