//! What the desk of these tests says of agreements, rates, log and duties.

use super::*;
use crate::{
    desk::{reply::LogLine, request::LogAsk},
    rules::Rulebook,
};

/// Värmland's, with a date that is past, and Stockholm's, suspended and with
/// a date that nobody has set. No region has both.
pub fn agreements() -> Value {
    json!([
        {"id": "varmland-2019", "name": "Överenskommelse Värmland", "from": "2019-01-01", "until": null,
         "confirmed_until": "2018-12-31", "hash": "aa", "adopted": false, "suspended": [], "dates": [],
         "parties": ["1715", "1730", "1780"]},
        {"id": "stockholm-2020", "name": "Överenskommelse Stockholm", "from": "2020-01-01", "until": null,
         "confirmed_until": "2022-12-31", "hash": "bb", "adopted": true,
         "suspended": [{"from": "2019-03-01", "until": null, "reason": "pandemin", "source": "brev 12"}],
         "dates": [{"code": "psychiatric_it_support", "sv": "It-stöd i psykiatrin", "en": "IT in psychiatry",
            "date": "2021-07-01", "source": null}],
         "parties": ["0114", "0115"]},
        {"id": "lag-2017-612", "name": "Lag (2017:612)", "from": "2018-01-01", "until": null,
         "confirmed_until": null, "hash": "cc", "adopted": false, "suspended": [], "dates": [], "parties": []}
    ])
}

pub fn rates() -> Value {
    json!([
        {"year": 2018, "amount": "7600", "source": "HSLF-FS 2017:1", "confirmed": true},
        {"year": 2019, "amount": "7800", "source": "HSLF-FS 2018:1", "confirmed": true},
        {"year": 2020, "amount": "8000", "source": "förslag", "confirmed": false}
    ])
}

fn agreement(id: &str) -> Value {
    let region = if id.starts_with("stock") { "01" } else { "17" };
    let rulebook = Rulebook::shipped(region.parse().unwrap());
    let mut all = rulebook.binding();
    let text = all
        .find(|one| one.id.as_str() == id)
        .unwrap()
        .text()
        .to_owned();
    let views = agreements();
    let view = views
        .as_array()
        .unwrap()
        .iter()
        .find(|view| view["id"] == id);
    json!({"view": view, "text": text})
}

/// Entry number `seq` of a log: mostly events, and now and then another.
pub fn entry(seq: u64) -> LogLine {
    let mut line = json!({
        "seq": seq, "recorded_at": "2019-03-06T20:00:00+01:00", "by": "anna@CSK", "what": "event",
        "kind": "note", "at": "2019-03-06T19:00:00+01:00", "episode": format!("VARM-{}", seq % 9),
        "event": format!("e{seq}"), "month": null, "payer": null, "subject": null, "reason": null, "count": null
    });
    let other = match seq % 10 {
        3 => json!({"what": "import", "by": "import@drift", "subject": "natt.jsonl", "count": 40}),
        6 => {
            json!({"what": "month_prepared", "by": "finn@ekonomi", "month": "2019-02", "subject": "3f9a"})
        }
        8 => {
            json!({"what": "rate_set", "by": "finn@ekonomi", "subject": "2019: 7800", "reason": "HSLF-FS"})
        }
        _ => Value::Null,
    };
    if let Some(other) = other.as_object() {
        for field in ["kind", "at", "episode", "event"] {
            line[field] = Value::Null;
        }
        for (field, value) in other {
            line[field] = value.clone();
        }
    }
    serde_json::from_value(line).unwrap()
}

fn log(ask: &LogAsk, logged: u64) -> Value {
    let last = ask.before.map_or(logged, |before| before - 1);
    let first = (last + 1).saturating_sub(u64::from(ask.limit)).max(1);
    let lines: Vec<_> = (first..=last).rev().map(entry).collect();
    json!({"lines": lines, "before": (first > 1).then_some(first)})
}

pub fn duties() -> Value {
    let due = |at: Option<&str>, code: &str, more: Value| {
        let mut row = json!({"due": at, "late": false, "state": "open", "code": code, "party": "ward",
            "payer": "1780", "episode": "VARM-1", "ward": "Avd 5", "about": null, "lasts_until": null,
            "agreement": "varmland-2019", "clause": "6"});
        for (field, value) in more.as_object().unwrap() {
            row[field] = value.clone();
        }
        row
    };
    let region = json!({"party": "region", "episode": null, "payer": null, "ward": null, "about": "2019-02"});
    json!({"now": NOW, "until": "2019-04-05T23:00:00+02:00", "rows": [
        due(Some("2019-03-05T12:00:00+01:00"), "acknowledgement",
            json!({"late": true, "party": "municipality", "episode": "VARM-2", "payer": "1715", "ward": "Avd 2"})),
        due(Some("2019-03-06T23:59:59+01:00"), "sip_called", json!({"party": "open_care"})),
        due(Some("2019-03-07T23:59:59+01:00"), "discharge", json!({})),
        due(Some("2019-03-09T12:00:00+01:00"), "svpl_meeting", json!({"episode": "VARM-7"})),
        due(Some("2019-03-31T23:59:59+02:00"), "monthly_basis", region),
        due(None, "medication", json!({"state": "reminder", "lasts_until": "2019-03-14"}))
    ]})
}

/// An answer to what the other tests do not ask.
pub fn more(ask: &Ask, logged: u64) -> Result<Reply, DeskError> {
    let reply = match ask {
        Ask::Agreements => json!({"agreements": agreements()}),
        Ask::Agreement { id }
        | Ask::Confirm { id, .. }
        | Ask::Suspend { id, .. }
        | Ask::Resume { id, .. }
        | Ask::SetDate { id, .. } => json!({"agreement": agreement(id)}),
        Ask::Rates | Ask::SetRate { .. } => json!({"rates": rates()}),
        Ask::Log(ask) => json!({"log": log(ask, logged)}),
        Ask::Duties(_) => json!({"duties": duties()}),
        other => return Err(DeskError::store("unexpected", format!("{other:?}"))),
    };
    Ok(serde_json::from_value(reply).unwrap())
}
