use super::*;

fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

#[test]
fn every_shipped_file_loads_for_every_region() {
    if let Err(errors) = Rulebook::with_files::<&str>(region("17"), &[]) {
        panic!("{errors}");
    }
    for code in RegionCode::all() {
        assert_eq!(Rulebook::shipped(code).all().count(), SHIPPED.len());
    }
}
