//! Reports: attendance of a period, counted in several ways.

use super::{DepartmentId, DepartmentRef, MySummary, StudentRef};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How the course of the period is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrendStep {
    Day,
    Week,
    Month,
}

impl TrendStep {
    pub const ALL: [TrendStep; 3] = [TrendStep::Day, TrendStep::Week, TrendStep::Month];

    pub fn as_str(self) -> &'static str {
        match self {
            TrendStep::Day => "day",
            TrendStep::Week => "week",
            TrendStep::Month => "month",
        }
    }

    /// The step that gives a line one can read.
    pub fn of_days(days: i64) -> Self {
        match days {
            ..=31 => TrendStep::Day,
            32..=140 => TrendStep::Week,
            _ => TrendStep::Month,
        }
    }
}

impl std::str::FromStr for TrendStep {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|step| step.as_str() == text).ok_or(())
    }
}

/// By what the students of a report go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportOrdering {
    /// By attendance, the lowest first.
    #[default]
    Lowest,
    Highest,
    Name,
    RollNo,
}

impl ReportOrdering {
    pub const ALL: [ReportOrdering; 4] = [Self::Lowest, Self::Highest, Self::Name, Self::RollNo];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lowest => "lowest",
            Self::Highest => "highest",
            Self::Name => "name",
            Self::RollNo => "roll_no",
        }
    }
}

/// What a report is about, as it stands in the address; what cannot be read there filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFilter {
    #[serde(default)]
    pub from: Option<NaiveDate>,
    #[serde(default)]
    pub to: Option<NaiveDate>,
    #[serde(default)]
    pub department: Option<DepartmentId>,
    /// Part of the subject.
    #[serde(default)]
    pub subject: String,
    /// Roll number, or part of the name or the roll number.
    #[serde(default)]
    pub student: String,
    #[serde(default)]
    pub step: Option<TrendStep>,
    /// Percent: only students whose attendance is lower.
    #[serde(default)]
    pub below: Option<u8>,
    #[serde(default)]
    pub ordering: ReportOrdering,
    /// Counted from 1; 0 means 1.
    #[serde(default)]
    pub page: u64,
    /// 0 means the default.
    #[serde(default)]
    pub page_size: u64,
}

impl ReportFilter {
    /// Reads the filter out of an address's parameters.
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| value(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        Self {
            from: text("from").parse().ok(),
            to: text("to").parse().ok(),
            department: text("department").parse().ok(),
            subject: text("subject"),
            student: text("student"),
            step: text("step").parse().ok(),
            below: text("below").parse().ok().filter(|below| (1..=100).contains(below)),
            ordering: ReportOrdering::ALL.into_iter().find(|sort| sort.as_str() == text("sort")).unwrap_or_default(),
            page: text("page").parse().unwrap_or_default(),
            page_size: text("page_size").parse().unwrap_or_default(),
        }
    }

    /// The parameters of an address that leads here again, without the page.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        fn words<T: ToString>(value: Option<T>) -> String {
            value.map(|value| value.to_string()).unwrap_or_default()
        }
        vec![
            ("from", words(self.from)),
            ("to", words(self.to)),
            ("department", words(self.department)),
            ("subject", self.subject.clone()),
            ("student", self.student.clone()),
            ("step", words(self.step.map(TrendStep::as_str))),
            ("below", words(self.below)),
            ("sort", words((self.ordering != ReportOrdering::default()).then(|| self.ordering.as_str()))),
            ("page_size", words((self.page_size > 0).then_some(self.page_size))),
        ]
    }
}

/// What the filters offer, and what they were understood as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFrame {
    /// Today in the institution's time zone.
    pub today: NaiveDate,
    /// The period, both ends included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// All departments, by code.
    pub departments: Vec<DepartmentRef>,
    /// Whom the report is about, when it is about one student.
    pub student: Option<StudentRef>,
    /// Several students whom the search may mean.
    pub candidates: Vec<StudentRef>,
    /// Why there are no numbers; empty when there are.
    pub trouble: String,
    /// Percent under which the settings call attendance low, 1 to 100.
    pub low_below: u8,
}

/// A part of a report: how many sessions, and their records.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportPart<K> {
    pub key: K,
    pub sessions: u64,
    /// Counts of records; `sessions` in it are the places on the rosters.
    pub records: MySummary,
}

/// The numbers of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportFigures {
    pub overall: ReportPart<()>,
    pub step: TrendStep,
    /// By first day, the earliest first; what has no sessions is left out.
    pub trend: Vec<ReportPart<NaiveDate>>,
    /// By name.
    pub subjects: Vec<ReportPart<String>>,
    /// By name.
    pub departments: Vec<ReportPart<String>>,
    /// Sessions of the period whose register is still owed.
    pub without_register: u64,
}

/// The report's first page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub frame: ReportFrame,
    /// Absent when the filters cannot be counted by.
    pub figures: Option<ReportFigures>,
}

/// A list that stands on a page of its own below the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportList<T> {
    pub frame: ReportFrame,
    pub page: super::Page<T>,
}
