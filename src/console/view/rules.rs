//! An agreement's file as lines that a lawyer can read: each value with its
//! date, unit and clause, each reading with what else it could be.

use super::paint::{Tone, wrap};
use crate::{
    console::screen::agreement::{AgreementPage, Rules},
    desk::reply::{AgreementView, DateView},
    model::{place::PayerCode, text::plain},
    rules::{
        agreement::{DutyRule, Formula, Precondition, Routine, Rule, Section, WrittenValue},
        orders::Suspension,
        share::Model,
    },
    text::{
        Lang, agreement as said,
        console::{self, Say},
        duty, format, words,
    },
};

/// The agreement in lines of at most `width` columns.
#[must_use]
pub fn rule_lines(page: &AgreementPage, lang: Lang, width: u16) -> Vec<(String, Tone)> {
    let (Some(rules), Some(text)) = (&page.rules, &page.view) else {
        return Vec::new();
    };
    let mut lines = Lines {
        out: Vec::new(),
        width: width.saturating_sub(2) as usize,
        lang,
    };
    lines.suspensions(&text.view.suspended);
    for (rule, values) in rules.agreement.rules().iter().zip(&rules.values) {
        lines.rule(rule, values);
    }
    lines.dates(&text.view.dates);
    lines.rest(rules);
    lines.bound(&text.view);
    lines.out
}

/// Where a part of the tree begins, by line.
#[must_use]
pub fn headings(lines: &[(String, Tone)]) -> Vec<usize> {
    let all = lines.iter().enumerate();
    all.filter(|(_, (_, tone))| *tone == Tone::Title)
        .map(|(line, _)| line)
        .collect()
}

struct Lines {
    out: Vec<(String, Tone)>,
    width: usize,
    lang: Lang,
}

impl Lines {
    /// Adds a text set in by so many columns, further lines two more.
    fn add(&mut self, indent: usize, text: &str, tone: Tone) {
        let text = plain(text);
        let room = self.width.saturating_sub(indent + 2).max(1);
        for (index, line) in wrap(&text, room).iter().enumerate() {
            let indent = if index == 0 { indent } else { indent + 2 };
            self.out
                .push((format!("{}{line}", " ".repeat(indent)), tone));
        }
    }

    fn heading(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push((String::new(), Tone::Plain));
        }
        self.add(0, text, Tone::Title);
    }

    /// What something rests on, and what else it could mean.
    fn basis(&mut self, indent: usize, clause: &str, reading: bool, alternatives: &[String]) {
        let lang = self.lang;
        if !reading {
            self.add(indent, &format!("[{clause}]"), Tone::Faint);
            return;
        }
        let ours = Say::OurReading.text(lang);
        self.add(indent, &format!("«{ours}» [{clause}]"), Tone::Soon);
        for one in alternatives {
            let other = said::alternative(one, lang);
            let text = format!("{}: {other}", Say::CouldBe.text(lang));
            self.add(indent + 2, &text, Tone::Faint);
        }
    }

    /// Its whole name and whom it binds: the head has room for a part.
    fn bound(&mut self, view: &AgreementView) {
        self.heading(Say::Parties.text(self.lang));
        self.add(2, &view.name, Tone::Plain);
        let names: Vec<_> = view.parties.iter().map(PayerCode::name).collect();
        let bound = match names.as_slice() {
            [] => Say::BindsAll.text(self.lang).to_owned(),
            names => names.join(", "),
        };
        self.add(2, &bound, Tone::Plain);
    }

    fn suspensions(&mut self, all: &[Suspension]) {
        let lang = self.lang;
        if all.is_empty() {
            return;
        }
        self.heading(Say::Suspensions.text(lang));
        for one in all {
            let said = console::suspended(one.from, one.until, lang);
            self.add(2, &format!("! {said}: {}", one.reason), Tone::Alarm);
            self.add(4, &one.source, Tone::Faint);
            if let Some(by) = &one.ended_by {
                let text = format!("{}: {by}", Say::EndedBy.text(lang));
                self.add(4, &text, Tone::Faint);
            }
        }
    }

    fn rule(&mut self, rule: &Rule, values: &[WrittenValue]) {
        let lang = self.lang;
        let model = match &rule.formula {
            Formula::Nothing => Say::NothingIsDue.text(lang),
            other => words::model(other.model().unwrap_or(Model::Manual), lang),
        };
        self.heading(&format!("{}: {model}", rule.id));
        for applies in &rule.applies {
            let form = words::care_form(applies.care_form, lang);
            let dates = console::holds(applies.from, applies.until, lang);
            self.add(2, &format!("{form} {dates}"), Tone::Plain);
        }
        self.add(2, said::judged_on(rule.judged_on, lang), Tone::Plain);
        let source = &rule.source;
        self.basis(
            2,
            source.clause.as_str(),
            source.reading,
            &source.alternatives,
        );
        if !rule.preconditions.is_empty() {
            self.add(2, Say::Preconditions.text(lang), Tone::Strong);
        }
        for condition in &rule.preconditions {
            self.precondition(condition);
        }
        if !values.is_empty() {
            self.add(2, Say::Values.text(lang), Tone::Strong);
        }
        for value in values {
            self.value(value);
        }
    }

    fn precondition(&mut self, condition: &Precondition) {
        let lang = self.lang;
        let mut text = format!(
            "{} · {}",
            said::fact(condition.fact, lang),
            words::flag_class(condition.class, lang)
        );
        if let Some(waiver) = condition.waived_by {
            text = format!("{text} · {}", said::waiver(waiver, lang));
        }
        if let Some(days) = condition.within_days {
            text = format!("{text} · {}", console::within_days(days, lang));
        }
        self.add(4, &text, Tone::Plain);
        for late in condition.when_late.iter().flat_map(|late| late.all()) {
            let name = said::value_name("when_late", lang);
            let word = said::coded(late.value.name(), lang);
            let from = console::holds(late.from, None, lang);
            self.add(6, &format!("{name}: {word} {from}"), Tone::Plain);
            let source = &late.source;
            self.basis(
                8,
                source.clause.as_str(),
                source.reading,
                &source.alternatives,
            );
        }
        let source = &condition.source;
        self.basis(
            6,
            source.clause.as_str(),
            source.reading,
            &source.alternatives,
        );
    }

    fn value(&mut self, value: &WrittenValue) {
        let lang = self.lang;
        let mut text = said::value_name(&value.name, lang).to_owned();
        if let Some(payer) = &value.payer {
            text = format!("{text}, {}", crate::text::explain::payer(payer));
        }
        let number = said::value(value, lang);
        if !number.is_empty() {
            text = format!("{text}: {number}");
        }
        if let Some(from) = value.from {
            text = format!("{text} · {}", console::holds(from, None, lang));
        }
        let tone = if value.holds {
            Tone::Plain
        } else {
            text = format!("{text} ({})", Say::NotNow.text(lang));
            Tone::Faint
        };
        self.add(4, &text, tone);
        self.basis(6, &value.clause, value.reading, &value.alternatives);
    }

    fn dates(&mut self, dates: &[DateView]) {
        let lang = self.lang;
        if dates.is_empty() {
            return;
        }
        self.heading(Say::DatesToSet.text(lang));
        for date in dates {
            let name = lang.pick(&date.sv, &date.en);
            let (word, tone) = match &date.source {
                Some(source) => (format!("{}: {source}", Say::DateSet.text(lang)), Tone::Good),
                None => (format!("! {}", Say::DateNotSet.text(lang)), Tone::Soon),
            };
            self.add(
                2,
                &format!("{name}: {}", format::date(date.date)),
                Tone::Plain,
            );
            self.add(4, &word, tone);
        }
    }

    /// Duties, routines, checklist, readings of the engine, disputes.
    fn rest(&mut self, rules: &Rules) {
        let lang = self.lang;
        let agreement = &rules.agreement;
        if !agreement.duties.is_empty() || !agreement.routines.is_empty() {
            self.heading(Say::Duties.text(lang));
        }
        for duty in &agreement.duties {
            self.duty(duty);
        }
        for routine in &agreement.routines {
            self.routine(routine);
        }
        if let Some(hours) = &agreement.discharge_hours {
            self.hours(
                Say::DischargeHours,
                [hours.from.0, hours.until.0],
                &hours.clause,
            );
        }
        if let Some(hours) = &agreement.reception {
            self.hours(
                Say::ReceptionHours,
                [hours.from.0, hours.until.0],
                &hours.clause,
            );
        }
        if !agreement.checklist.is_empty() {
            self.heading(Say::TabChecklist.text(lang));
        }
        for point in &agreement.checklist {
            self.add(2, lang.pick(&point.sv, &point.en), Tone::Plain);
            self.basis(4, point.clause.as_str(), false, &[]);
        }
        if !agreement.readings.is_empty() {
            self.heading(Say::EngineReadings.text(lang));
        }
        for reading in &agreement.readings {
            self.add(
                2,
                &format!("{}: {}", reading.code, reading.chosen),
                Tone::Plain,
            );
            self.basis(4, reading.clause.as_str(), true, &reading.alternatives);
        }
        self.levels(rules);
    }

    fn levels(&mut self, rules: &Rules) {
        let (lang, agreement) = (self.lang, &rules.agreement);
        if !agreement.disputes.is_empty() {
            self.heading(Say::Disputes.text(lang));
        }
        for (number, level) in agreement.disputes.iter().enumerate() {
            let name = lang.pick(&level.sv, &level.en);
            self.add(2, &format!("{}. {name}", number + 1), Tone::Plain);
            self.basis(4, level.clause.as_str(), false, &[]);
        }
    }

    fn duty(&mut self, rule: &DutyRule) {
        let lang = self.lang;
        let mut text = format!(
            "{} · {} · {}",
            duty::duty(rule.code.name(), lang),
            words::party(rule.party, lang),
            said::due(rule.within, rule.anchor, lang)
        );
        if let Some(whom) = rule.concerns.and_then(|it| said::concerns(it, lang)) {
            text = format!("{text} · {whom}");
        }
        if let Some(clock) = rule.sent_by {
            text = format!("{text} · {}", console::sent_by(clock.0, lang));
        }
        self.add(2, &text, Tone::Plain);
        self.basis(4, rule.clause.as_str(), rule.reading, &rule.alternatives);
    }

    fn routine(&mut self, routine: &Routine) {
        let lang = self.lang;
        let text = format!(
            "{} · {} · {}",
            duty::duty(routine.code.name(), lang),
            duty::party(routine.party.name(), lang),
            said::occasion(routine.occasion, lang)
        );
        self.add(2, &text, Tone::Plain);
        self.basis(
            4,
            routine.clause.as_str(),
            routine.reading,
            &routine.alternatives,
        );
    }

    fn hours(&mut self, say: Say, [from, until]: [chrono::NaiveTime; 2], clause: &Section) {
        let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
        let text = format!("{}: {}–{}", say.text(self.lang), clock(from), clock(until));
        self.add(2, &text, Tone::Plain);
        self.basis(4, clause.as_str(), false, &[]);
    }
}
