//! Opening forms and writing in them.

use super::{
    Choice, Context, Field, FieldKind, FieldSpec, Form, LockRequest, Preview, Task,
    available::open_messages,
    spec::{self, event_fields},
    when,
};
use crate::{
    console::action::Command,
    desk::{
        reply::{CloseView, EventView, StayView},
        request::Ask,
    },
    model::{
        event::Kind,
        ids::EpisodeId,
        month::Month,
        place::PayerCode,
        stay::Stay,
        text::plain,
        time::{self, Instant},
    },
    text::{Lang, console::Say, ticks, words},
};

impl Form {
    /// A form that records a new event.
    #[must_use]
    pub fn record(
        kind: Kind,
        view: &StayView,
        item: Option<&str>,
        lang: Lang,
        ids: [String; 2],
    ) -> Option<Self> {
        let specs = event_fields(kind)?;
        let defaults = |spec: &FieldSpec| match spec.kind {
            FieldKind::Item => item.map(str::to_owned),
            FieldKind::YesNo => Some(done(view, item).to_string()),
            _ => None,
        };
        let mut fields = vec![Field::text(spec::AT, lang.typed("nu", "now"))];
        fields.extend(
            specs
                .iter()
                .map(|spec| field(*spec, defaults(spec).as_deref(), view, lang)),
        );
        if kind == Kind::ReadyRetracted
            && let Some(stay) = view.stay.as_ref()
            && stay.standing_sip_call().is_some()
        {
            let yes = takes_the_call_back(stay).to_string();
            fields.push(field(spec::WITH_CALL, Some(&yes), view, lang));
        }
        let task = Task::Record {
            episode: view.episode.clone(),
            kind,
        };
        Some(Self::new(task, fields, ids))
    }

    /// A form that corrects an event: its fields as they were recorded.
    #[must_use]
    pub fn correct(
        event: &EventView,
        view: &StayView,
        lang: Lang,
        ids: [String; 2],
    ) -> Option<Self> {
        let specs = event_fields(event.kind)?;
        let base = event.json.as_object()?.clone();
        let mut fields = vec![Field::text(spec::AT, &when::written(event.at))];
        fields.extend(specs.iter().map(|spec| {
            let value = recorded(&base, spec.name).and_then(|json| written(spec.kind, json));
            field(*spec, value.as_deref(), view, lang)
        }));
        fields.push(Field::text(spec::VOID_REASON, ""));
        let task = Task::Correct {
            episode: view.episode.clone(),
            kind: event.kind,
            event: event.id.clone(),
            base,
        };
        Some(Self::new(task, fields, ids))
    }

    /// A form that voids an event.
    #[must_use]
    pub fn void(event: &EventView, episode: &EpisodeId, ids: [String; 2]) -> Self {
        let task = Task::Void {
            episode: episode.clone(),
            kind: event.kind,
            event: event.id.clone(),
        };
        Self::new(task, vec![Field::text(spec::VOID_REASON, "")], ids)
    }

    /// A form that accepts a finding.
    #[must_use]
    pub fn waive(month: Month, code: &str, ids: [String; 2]) -> Self {
        let task = Task::Waive {
            month,
            code: code.to_owned(),
        };
        Self::new(task, vec![Field::text(spec::REASON, "")], ids)
    }

    /// A form that leaves a payer out of the lock.
    #[must_use]
    pub fn park(month: Month, payer: PayerCode, ids: [String; 2]) -> Self {
        Self::new(
            Task::Park { month, payer },
            vec![Field::text(spec::REASON, "")],
            ids,
        )
    }

    /// The dialog of a lock, with the request that it will send.
    #[must_use]
    pub fn lock(view: &CloseView, ids: [String; 2]) -> Self {
        let month = view.figures.month;
        let request = Ask::Approve {
            month,
            expect: view.hash.clone(),
        };
        let task = Task::Lock {
            month,
            total: view.figures.amount,
            payers: covered(view),
            hash: view.hash.clone(),
            request: Box::new(LockRequest(request)),
        };
        Self::new(task, vec![Field::text(spec::CONFIRM, "")], ids)
    }

    /// A form that has a locked month written to files.
    #[must_use]
    pub fn export(month: Month, ids: [String; 2]) -> Self {
        let [format, directory] = [spec::EXPORT[0], spec::EXPORT[1]];
        let formats = codes(&["csv", "json", "csv_json"]);
        let fields = vec![
            Field::choice(format, formats, None),
            Field::text(directory, &format!("fristdag-{month}")),
        ];
        Self::new(Task::Export { month }, fields, ids)
    }

    /// A form that registers a stay from the board.
    #[must_use]
    pub fn admit(hospital: &str, ward: &str, lang: Lang, ids: [String; 2]) -> Self {
        // Eight digits of the random id: unlike any other stay's name.
        let random = ids[0].rsplit('-').next().unwrap_or_default();
        let name: String = random.chars().take(8).collect();
        let default = |spec: &FieldSpec| match spec.name {
            "hospital" => hospital,
            "ward" => ward,
            "protected" => "false",
            "municipal_needs" => "true",
            _ => "",
        };
        let mut fields = vec![
            Field::text(spec::EPISODE, &format!("egen-{name}")),
            Field::text(spec::AT, lang.typed("nu", "now")),
        ];
        let specs = event_fields(Kind::Admitted).unwrap_or_default();
        fields.extend(
            specs
                .iter()
                .map(|spec| simple(*spec, Some(default(spec)), lang)),
        );
        Self::new(Task::Admit, fields, ids)
    }

    /// Writes text where the focus is.
    pub fn write(&mut self, text: &str) {
        let Some(field) = self.fields.get_mut(self.focus) else {
            return;
        };
        if field.write(text) {
            self.changed();
        }
    }

    /// Edits by a key, or moves among the fields.
    pub fn edit(&mut self, command: Command) {
        let count = self.fields.len().max(1);
        match command {
            Command::NextPane => self.focus = (self.focus + 1) % count,
            Command::PreviousPane => self.focus = (self.focus + count - 1) % count,
            _ => {
                let field = self.fields.get_mut(self.focus);
                if field.is_some_and(|field| field.complete(command) || field.edit(command)) {
                    self.changed();
                }
            }
        }
        self.leaving = false;
    }

    fn changed(&mut self) {
        self.touched = true;
        self.preview.fresh = false;
        self.leaving = false;
        self.refused = None;
    }

    /// The question of what the form would do, where it was not asked yet
    /// and no answer is awaited.
    pub fn wants_preview(&mut self, context: Context) -> Option<Ask> {
        let waits = self.preview.busy || self.preview.fresh || self.sending;
        if waits || self.spans_stays() {
            return None;
        }
        let Some(events) = self.events(context) else {
            self.preview = Preview::default();
            return None;
        };
        self.preview.fresh = true;
        self.preview.busy = true;
        Some(Ask::Preview { events })
    }
}

/// Payers that a lock covers: neither left out nor locked before.
fn covered(view: &CloseView) -> usize {
    let payers = view.figures.payers.iter().map(|payer| payer.payer);
    let covered = payers.filter(|payer| {
        !view.locked.contains(payer) && !view.parked.iter().any(|parked| parked.payer == *payer)
    });
    covered.collect::<std::collections::BTreeSet<_>>().len()
}

fn codes(codes: &[&str]) -> Vec<Choice> {
    let choice = |code: &&str| Choice {
        code: (*code).to_owned(),
        label: String::new(),
    };
    codes.iter().map(choice).collect()
}

pub(super) fn field(spec: FieldSpec, value: Option<&str>, view: &StayView, lang: Lang) -> Field {
    match spec.kind {
        FieldKind::Item => chosen(spec, items(view, lang), value),
        FieldKind::Message => chosen(spec, messages(view, lang), value),
        _ => simple(spec, value, lang),
    }
}

/// A field whose choices are the same for every stay.
fn simple(spec: FieldSpec, value: Option<&str>, lang: Lang) -> Field {
    let unset = |say: Say| Choice {
        code: String::new(),
        label: say.text(lang).to_owned(),
    };
    let or_unset = |say: Say, rest: &[&str]| {
        let mut options = vec![unset(say)];
        options.extend(codes(rest));
        options
    };
    let options = match spec.kind {
        FieldKind::YesNo => codes(&["true", "false"]),
        FieldKind::MaybeYesNo => or_unset(Say::AsItIs, &["true", "false"]),
        FieldKind::Party => codes(&["municipality", "open_care", "ward"]),
        FieldKind::Recipients => codes(&["both", "municipality", "open_care"]),
        FieldKind::CareForm => codes(&["somatic", "psychiatric"]),
        FieldKind::MaybeCareForm => or_unset(Say::AsItIs, &["somatic", "psychiatric"]),
        FieldKind::CompulsoryCare => or_unset(Say::Unset, &["LPT", "LRV"]),
        _ => return Field::text(spec, value.unwrap_or_default()),
    };
    chosen(spec, options, value)
}

/// Whether a tick of the item would be the next thing: a done one is unticked.
fn done(view: &StayView, item: Option<&str>) -> bool {
    let mut rows = view.checklist.iter();
    let row = rows.find(|row| Some(row.item.as_str()) == item);
    row.is_none_or(|row| row.done.is_none())
}

/// Whether the ward's retraction takes the call back as well (Halland 6.1 and
/// 6b); elsewhere it is only offered.
fn takes_the_call_back(stay: &Stay) -> bool {
    /// Halland.
    const COUNTY: &str = "13";
    let payer = stay.details.paying_municipality();
    payer.is_some_and(|payer| payer.region().to_string() == COUNTY)
}

/// A recorded field by the name that forms use.
fn recorded<'a>(
    base: &'a serde_json::Map<String, serde_json::Value>,
    name: &str,
) -> Option<&'a serde_json::Value> {
    match name.strip_prefix("delay_") {
        Some(inside) => base.get("delay_reason")?.get(inside),
        None => base.get(name),
    }
}

fn chosen(spec: FieldSpec, mut options: Vec<Choice>, value: Option<&str>) -> Field {
    // A value that is none of the choices any more is kept, not lost.
    if let Some(value) = value.filter(|value| !value.is_empty())
        && !options.iter().any(|option| option.code == value)
    {
        options.push(Choice {
            code: value.to_owned(),
            label: plain(value).into_owned(),
        });
    }
    Field::choice(spec, options, value)
}

/// The points of the checklist, those not done first.
fn items(view: &StayView, lang: Lang) -> Vec<Choice> {
    let mut rows: Vec<_> = view.checklist.iter().collect();
    rows.sort_by_key(|row| row.done.is_some());
    rows.into_iter()
        .map(|row| Choice {
            code: row.item.clone(),
            label: plain(&ticks::point(row, &view.checklist, lang)).into_owned(),
        })
        .collect()
}

fn messages(view: &StayView, lang: Lang) -> Vec<Choice> {
    let Some(stay) = &view.stay else {
        return Vec::new();
    };
    open_messages(stay)
        .into_iter()
        .map(|(id, kind)| Choice {
            code: id.as_str().to_owned(),
            label: format!("{} ({})", words::kind(kind, lang), plain(id.as_str())),
        })
        .collect()
}

/// A recorded value as the field shows it.
fn written(kind: FieldKind, json: &serde_json::Value) -> Option<String> {
    match (kind, json) {
        (FieldKind::Time, serde_json::Value::String(text)) => {
            let at: Option<Instant> = time::parse(text).ok();
            Some(at.map_or_else(|| text.clone(), when::written))
        }
        (FieldKind::Recipients, serde_json::Value::Array(units)) => {
            let one = units.first().and_then(serde_json::Value::as_str);
            Some(if units.len() > 1 { "both" } else { one? }.to_owned())
        }
        (_, serde_json::Value::String(text)) => Some(text.clone()),
        (_, serde_json::Value::Bool(value)) => Some(value.to_string()),
        _ => None,
    }
}
