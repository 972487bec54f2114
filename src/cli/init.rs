//! `init`: a store for one region.

use super::{args::Global, context::Context, failure::Done, open};
use crate::model::place::RegionCode;

/// Whose.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The region's code, for instance 17 for Värmland
    #[arg(long, value_name = "CODE")]
    pub region: RegionCode,
}

/// Makes it.
pub(super) fn run(args: &Args, global: &Global, context: &mut Context<'_>) -> Done {
    let folder = open::folder(global)?;
    open::init(&folder, args.region)?;
    let (name, region) = (folder.display(), args.region.name());
    context.line(context.lang.pick(
        format!("{name}: ett lager för {region}"),
        format!("{name}: a store for {region}"),
    ))
}
