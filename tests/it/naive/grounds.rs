//! Where each region's histories lie: dates on which its rules change, days on
//! which the clock or the year does, and who pays there.

use super::{generate::Ground, plan::Places};

pub const STATUTE: Ground = Ground {
    region: "20",
    anchors: &[
        (2019, 2, 1),
        (2018, 1, 1),
        (2018, 12, 31),
        (2019, 3, 31),
        (2019, 10, 27),
        (2020, 2, 29),
        (2020, 12, 31),
    ],
    rests_on: None,
    places: Places {
        municipalities: &["2080", "2081", "0180", "1715"],
    },
    runs: false,
};
pub const VARMLAND: Ground = Ground {
    region: "17",
    anchors: &[
        (2019, 2, 1),
        (2018, 1, 1),
        (2018, 12, 31),
        (2019, 3, 31),
        (2019, 10, 27),
        (2020, 2, 29),
        (2020, 12, 31),
    ],
    rests_on: None,
    places: Places {
        municipalities: &["1780", "1715", "1780", "0180"],
    },
    runs: false,
};
pub const JONKOPING: Ground = Ground {
    region: "06",
    anchors: &[
        (2018, 6, 1),
        (2018, 1, 1),
        (2018, 3, 1),
        (2018, 3, 25),
        (2018, 10, 28),
        (2018, 12, 31),
        (2020, 2, 29),
        (2020, 12, 31),
    ],
    // Averages of three and more, so that they must be rounded.
    rests_on: Some(((2018, 6), &[(2018, 6, 1), (2018, 6, 20)])),
    places: Places {
        municipalities: &["0643", "0604", "0643", "0643", "0643", "1780"],
    },
    runs: false,
};
pub const STOCKHOLM: Ground = Ground {
    region: "01",
    anchors: &[
        (2020, 6, 1),
        (2020, 10, 20),
        (2020, 11, 1),
        (2020, 10, 25),
        (2020, 3, 29),
        (2018, 1, 1),
        (2019, 12, 31),
        (2020, 2, 29),
        (2020, 12, 31),
        (2021, 6, 30),
        (2021, 10, 31),
    ],
    rests_on: Some((
        (2020, 10),
        &[
            (2020, 10, 20),
            (2020, 11, 1),
            (2020, 11, 20),
            (2021, 3, 1),
            (2021, 10, 31),
        ],
    )),
    places: Places {
        municipalities: &["0114", "0180", "0114", "0180", "0180", "0604"],
    },
    runs: false,
};
pub const JAMTLAND: Ground = Ground {
    region: "23",
    anchors: &[
        (2018, 6, 1),
        (2018, 1, 1),
        (2018, 3, 1),
        (2018, 10, 28),
        (2018, 12, 31),
        (2019, 3, 31),
        (2020, 2, 29),
    ],
    rests_on: None,
    places: Places {
        municipalities: &["2380", "2326", "2380", "2326", "2380", "0180"],
    },
    runs: true,
};
pub const HALLAND: Ground = Ground {
    region: "13",
    anchors: &[
        (2018, 12, 1),
        (2018, 1, 1),
        (2018, 10, 28),
        (2018, 11, 1),
        (2018, 12, 31),
        (2019, 3, 31),
        (2020, 2, 29),
    ],
    rests_on: None,
    places: Places {
        municipalities: &["1380", "1315", "1380", "1380", "0180"],
    },
    runs: false,
};
