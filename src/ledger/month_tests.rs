use super::*;
use crate::{
    ledger::figures::PayerFigures,
    rules::{
        model::Totals,
        share::{Exclusion, Standing},
        testing::date,
    },
};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn episode(name: &str) -> EpisodeId {
    EpisodeId::new(name).unwrap()
}

fn kronor(text: &str) -> Kronor {
    text.parse().unwrap()
}

/// A share of `payer` under `agreement/rule`.
fn share(at: &str, payer: &str, rule: &str, model: Model, standing: Standing) -> Share {
    let (agreement, rule) = rule.split_once('/').unwrap();
    Share {
        month: month(at),
        payer: payer.parse().unwrap(),
        agreement: AgreementId::new(agreement).unwrap(),
        rule: rule.to_owned(),
        model,
        discharged: true,
        standing,
    }
}

fn triggering(at: &str, days: u32) -> Share {
    let standing = Standing::Triggering {
        days,
        psychiatric: false,
    };
    share(
        at,
        "2380",
        "jamtland-2018/main",
        Model::AverageTrigger,
        standing,
    )
}

/// Stays by name, and all their shares as history.
struct Known(Vec<(EpisodeId, Share)>);

impl Known {
    fn figures(&self, region: &str, at: &str) -> MonthFigures {
        let context = MonthContext {
            history: self,
            ..MonthContext::default()
        };
        self.with(region, at, &context)
    }

    fn with(&self, region: &str, at: &str, context: &MonthContext<'_>) -> MonthFigures {
        let rulebook = Rulebook::shipped(region.parse().unwrap());
        let shares = self
            .0
            .iter()
            .map(|(episode, share)| (episode.clone(), share));
        compute(month(at), shares, &rulebook, &Rates::shipped(), context)
    }
}

impl History for Known {
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)> {
        let wanted = |share: &Share| share.month == month && share.is_under(agreement, payer);
        self.0
            .iter()
            .filter(|(_, share)| wanted(share))
            .cloned()
            .collect()
    }
}

fn told(entry: &PayerFigures) -> Vec<String> {
    let line = |line: &Line| {
        let stay = line.episode.as_ref().map_or("-", EpisodeId::as_str);
        let month = line
            .for_month
            .map_or("-".to_owned(), |month| month.to_string());
        let kind = serde_json::to_value(line.kind).unwrap();
        format!(
            "{} {stay} {month} {} × {}",
            kind.as_str().unwrap(),
            line.quantity,
            line.rate
        )
    };
    entry.lines.iter().map(line).collect()
}

fn codes(figures: &MonthFigures) -> Vec<String> {
    let told = |it: &Finding| format!("{} {} {}", it.code, it.detail, it.waivable);
    figures.findings.iter().map(told).collect()
}

#[test]
fn a_missing_rate_is_named_and_never_guessed() {
    let dates = vec![date("2020-01-01")];
    let standing = Standing::Individual { dates };
    let known = Known(vec![(
        episode("A"),
        share(
            "2020-01",
            "1780",
            "varmland-2019/liability",
            Model::Individual,
            standing,
        ),
    )]);
    let figures = known.figures("17", "2020-01");
    assert_eq!(figures.payers[0].lines, []);
    assert_eq!(
        codes(&figures),
        [
            "missing_rate 2020 false",
            "unconfirmed_agreement varmland-2019 true"
        ]
    );
    let mut rates = Rates::shipped();
    rates.set(2020, Rates::suggested(2020).unwrap());
    let rulebook = Rulebook::shipped("17".parse().unwrap());
    let shares = known
        .0
        .iter()
        .map(|(episode, share)| (episode.clone(), share));
    let figures = compute(
        month("2020-01"),
        shares,
        &rulebook,
        &rates,
        &MonthContext::default(),
    );
    assert_eq!(figures.amount, kronor("8200"));
}

#[test]
fn a_month_without_such_a_line_needs_no_rate() {
    let standing = Standing::Individual { dates: Vec::new() };
    let known = Known(vec![(
        episode("A"),
        share(
            "2021-01",
            "1780",
            "varmland-2019/liability",
            Model::Individual,
            standing,
        ),
    )]);
    let figures = known.figures("17", "2021-01");
    assert_eq!(
        codes(&figures),
        ["unconfirmed_agreement varmland-2019 true"]
    );
    assert_eq!(
        (figures.payers[0].discharged, figures.payers[0].counted),
        (1, 1)
    );
}

#[test]
fn what_is_for_finance_is_listed_and_entered_by_hand() {
    let manual = Standing::Excluded {
        reason: Exclusion::Manual,
    };
    let known = Known(vec![(
        episode("A"),
        share(
            "2018-02",
            "0680",
            "jonkoping-2018/old-act-somatic",
            Model::Manual,
            manual,
        ),
    )]);
    let lines = [ManualLine {
        payer: "0680".parse().unwrap(),
        amount: kronor("1234.50"),
        reason: "avtal".to_owned(),
        by: "ekonom".to_owned(),
    }];
    let context = MonthContext {
        manual: &lines,
        ..MonthContext::default()
    };
    let figures = known.with("06", "2018-02", &context);
    let entry = &figures.payers[0];
    assert_eq!(
        (entry.agreement.as_str(), entry.model),
        ("manual", Model::Manual)
    );
    assert_eq!(entry.excluded[0].reason, "manual");
    assert_eq!(told(entry), ["manual - - 1 × 1234.5"]);
    assert_eq!(figures.amount, kronor("1234.50"));
    assert_eq!(
        codes(&figures),
        ["manual_stay jonkoping-2018/old-act-somatic true"]
    );
}

#[test]
fn halland_is_settled_against_what_was_paid() {
    let settled = |actual: &str| {
        let rulebook = Rulebook::shipped("13".parse().unwrap());
        let agreement = rulebook.get("halland-2018").unwrap();
        let payer = "1382".parse().unwrap();
        let mut settlement = Settlement::of(agreement, payer, 2018, kronor(actual));
        settlement.open.clear();
        settlement.billed = vec![crate::ledger::settlement::Billed {
            for_month: "2018-10".parse().unwrap(),
            invoice: "13-000050".to_owned(),
            amount: kronor("4200"),
        }];
        let settlements = [settlement];
        let context = MonthContext {
            settlements: &settlements,
            ..MonthContext::default()
        };
        Known(Vec::new()).with("13", "2018-12", &context)
    };
    let figures = settled("10000");
    assert_eq!(told(&figures.payers[0]), ["settlement - 2018-10 1 × 5800"]);
    assert!(figures.findings.is_empty(), "{:?}", figures.findings);
    let figures = settled("4000");
    assert_eq!(figures.amount, Kronor::ZERO);
    let credit = &figures.payers[0].credits[0];
    assert_eq!(
        (credit.invoice.as_str(), credit.amount, credit.settles),
        ("13-000050", kronor("200"), true)
    );
    // After October nothing is due by itself.
    assert!(Known(Vec::new()).figures("13", "2018-11").payers.is_empty());
}

#[test]
fn stockholm_multiplies_out_and_takes_the_countys_october() {
    let averaged = |at: &str, payer: &str, days| {
        share(
            at,
            payer,
            "stockholm-2020/average",
            Model::AverageExcess,
            Standing::Averaged { days },
        )
    };
    // March 2020: 7 days over 3 patients, 7 − 2.0 × 3 = 1 day. No rate for
    // 2020, so none is charged, but the reckoning is told.
    let known = Known(vec![
        (episode("A"), averaged("2020-03", "0184", 3)),
        (episode("B"), averaged("2020-03", "0184", 4)),
        (episode("C"), averaged("2020-03", "0184", 0)),
    ]);
    let figures = known.figures("01", "2020-03");
    assert_eq!(figures.payers[0].average.as_deref(), Some("2.3333"));
    assert_eq!(figures.payers[0].threshold.as_deref(), Some("2.0"));
    assert_eq!(codes(&figures), ["missing_rate 2020 false"]);

    // October: 3 and 4 and 0 days over all payers: 2.333 → 2.3.
    let known = Known(vec![
        (episode("A"), averaged("2020-10", "0184", 3)),
        (episode("B"), averaged("2020-10", "0180/Bromma", 4)),
        (episode("C"), averaged("2020-10", "0163", 0)),
        (episode("D"), averaged("2020-11", "0184", 5)),
    ]);
    let figures = known.figures("01", "2020-11");
    assert_eq!(figures.payers[0].threshold.as_deref(), Some("2.3"));

    let alone = Known(vec![(episode("D"), averaged("2020-11", "0184", 5))]);
    let figures = alone.figures("01", "2020-11");
    assert_eq!(
        (
            figures.payers[0].threshold.as_deref(),
            figures.payers[0].lines.len()
        ),
        (None, 0)
    );
    assert_eq!(codes(&figures), ["missing_county_average 2020-10 false"]);
}

#[test]
fn a_frozen_county_average_goes_before_what_is_known_now() {
    struct Frozen;
    impl History for Frozen {
        fn shares(
            &self,
            _: Month,
            _: &AgreementId,
            _: Option<PayerCode>,
        ) -> Vec<(EpisodeId, Share)> {
            Vec::new()
        }
        fn frozen_totals(&self, _: Month, _: &AgreementId, _: &str) -> Option<Totals> {
            Some(Totals {
                patients: 10,
                days: 26,
            })
        }
    }
    let standing = Standing::Averaged { days: 5 };
    let known = Known(vec![(
        episode("D"),
        share(
            "2020-11",
            "0184",
            "stockholm-2020/average",
            Model::AverageExcess,
            standing,
        ),
    )]);
    let context = MonthContext {
        history: &Frozen,
        ..MonthContext::default()
    };
    let figures = known.with("01", "2020-11", &context);
    assert_eq!(figures.payers[0].threshold.as_deref(), Some("2.6"));
}

/// Above in March to May 2018 (nothing yet), charged from June, ended by June
/// to August (August is the last charged), above again in October to
/// December: December reaches back to October and November.
#[test]
fn jamtland_reaches_back_the_second_time() {
    let months = [
        ("2018-03", 5),
        ("2018-04", 4),
        ("2018-05", 6),
        ("2018-06", 3),
        ("2018-07", 0),
        ("2018-08", 3),
        ("2018-09", 2),
        ("2018-10", 5),
        ("2018-11", 4),
        ("2018-12", 7),
    ];
    let mut known = Known(
        months
            .iter()
            .map(|(at, days)| (episode(&format!("S{at}")), triggering(at, *days)))
            .collect(),
    );
    // A short stay beside a longer one in July, charged though the month's
    // average is not above.
    known.0.push((episode("July"), triggering("2018-07", 4)));
    let lines = |at: &str| told(&known.figures("23", at).payers[0]);
    for quiet in [
        "2018-03", "2018-05", "2018-06", "2018-08", "2018-09", "2018-10", "2018-11",
    ] {
        assert_eq!(lines(quiet), [""; 0], "{quiet}");
    }
    assert_eq!(lines("2018-07"), ["individual July - 1 × 7100"]);
    assert_eq!(
        lines("2018-12"),
        [
            "individual S2018-12 - 4 × 7100",
            "retroactive S2018-10 2018-10 2 × 7100",
            "retroactive S2018-11 2018-11 1 × 7100",
        ]
    );
    let july = &known.figures("23", "2018-07").payers[0];
    assert_eq!(
        (july.average.as_deref(), july.threshold.as_deref()),
        (Some("2.0"), Some("3.0"))
    );
}

#[test]
fn jamtlands_psychiatric_track_is_its_own() {
    let psychiatric = |at: &str, days| {
        let standing = Standing::Triggering {
            days,
            psychiatric: true,
        };
        share(
            at,
            "2380",
            "jamtland-2018/psychiatric-2018",
            Model::AverageTrigger,
            standing,
        )
    };
    let known = Known(vec![
        (episode("A"), psychiatric("2018-03", 31)),
        (episode("B"), psychiatric("2018-04", 31)),
        (episode("C"), psychiatric("2018-05", 31)),
        (episode("D"), psychiatric("2018-06", 30)),
        (episode("E"), psychiatric("2018-06", 29)),
        (episode("F"), triggering("2018-06", 10)),
    ]);
    let figures = known.figures("23", "2018-06");
    assert_eq!(figures.payers.len(), 2);
    assert_eq!(told(&figures.payers[0]), [""; 0]);
    assert_eq!(told(&figures.payers[1]), ["individual D - 1 × 7100"]);
    assert_eq!(figures.payers[1].threshold.as_deref(), Some("30.0"));
}

#[test]
fn totals_pass_over_what_is_not_counted() {
    let shares = [
        triggering("2018-03", 4),
        share(
            "2018-03",
            "2380",
            "x/y",
            Model::AverageExcess,
            Standing::LongStay {
                days: 9,
                charged: 6,
            },
        ),
        share(
            "2018-03",
            "2380",
            "x/y",
            Model::AverageExcess,
            Standing::Averaged { days: 2 },
        ),
    ];
    let totals = crate::ledger::history::totals(shares.iter());
    assert_eq!(
        totals,
        Totals {
            patients: 2,
            days: 6
        }
    );
}
