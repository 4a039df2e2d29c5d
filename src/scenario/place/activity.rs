//! Emergency activity of an organisation by month, from tables as NHS England publishes them: a file a month with a row an organisation
//! and a total, or one long file; with the heads of any year.

mod form;

use super::people::Parameters;
use crate::scenario::data::table;
use crate::scenario::text::{did_you_mean, words};
use form::Form;
use std::collections::{BTreeMap, BTreeSet};

/// Months that a season needs.
const SEASON: usize = 12;

/// What an organisation did, month by month.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Code of the organisation.
    pub organisation: String,
    /// The months in order, without a gap.
    pub months: Vec<Month>,
}

/// One month.
#[derive(Clone, Debug, PartialEq)]
pub struct Month {
    /// Year and month: `2024-01`.
    pub name: String,
    /// Attendances at major emergency departments (type 1).
    pub attendances: f64,
    /// Emergency admissions by way of emergency departments.
    pub admissions: f64,
    /// Both weighted by cost, with mean 1 over the months.
    pub need: f64,
}

impl Activity {
    /// The first month.
    pub fn first(&self) -> &str {
        self.months.first().map_or("", |month| month.name.as_str())
    }

    /// The last month.
    pub fn last(&self) -> &str {
        self.months.last().map_or("", |month| month.name.as_str())
    }
}

/// Attendances and admissions.
type Counts = (f64, f64);

/// The activity of an organisation in files of text, each with its name.
///
/// # Errors
/// A file is no such table, the organisation is not in it, a month is missing, comes twice or has no attendance, or there is no whole year.
pub fn activity(files: &[(String, String)], organisation: &str) -> Result<Activity, String> {
    let mut months: BTreeMap<(u32, u32), Counts> = BTreeMap::new();
    let mut organisations = BTreeSet::new();
    for (name, text) in files {
        let found =
            of_file(text, organisation, &mut organisations).map_err(|problem| format!("`{name}`: {problem}"))?;
        for (month, counts) in found {
            if months.insert(month, counts).is_some() {
                return Err(format!("`{name}`: {} stands in another file too", written(month)));
            }
        }
    }
    if months.is_empty() {
        let near = did_you_mean(organisation, organisations.iter().map(String::as_str));
        return Err(format!("no file has a row of the organisation {}{near}", words::name(organisation)));
    }
    without_gap(&months)?;
    let parameters = Parameters::read()?;
    let (attendance, admission) = (parameters.value("cost_of_attendance")?, parameters.value("cost_of_admission")?);
    let priced = |(attendances, admissions): Counts| attendance * attendances + admission * admissions;
    let mean = months.values().map(|counts| priced(*counts)).sum::<f64>() / months.len() as f64;
    let month = |(at, counts): ((u32, u32), Counts)| Month {
        name: written(at),
        attendances: counts.0,
        admissions: counts.1,
        need: priced(counts) / mean,
    };
    Ok(Activity { organisation: organisation.to_owned(), months: months.into_iter().map(month).collect() })
}

/// A month that nobody reported would be taken for one without need.
fn without_gap(months: &BTreeMap<(u32, u32), Counts>) -> Result<(), String> {
    if months.values().all(|counts| counts.0 <= 0.0) {
        return Err("it has no major emergency department (type 1); name a hospital trust that has one".to_owned());
    }
    if let Some((month, _)) = months.iter().find(|(_, counts)| counts.0 <= 0.0) {
        return Err(format!("{} has no type 1 attendances; it may not have been reported", written(*month)));
    }
    let numbers: Vec<u32> = months.keys().map(|(year, month)| year * 12 + month - 1).collect();
    if let Some(pair) = numbers.windows(2).find(|pair| pair[1] != pair[0] + 1) {
        let missing = pair[0] + 1;
        return Err(format!(
            "{} is missing between the months that there are",
            written((missing / 12, missing % 12 + 1))
        ));
    }
    if numbers.len() < SEASON {
        return Err(format!(
            "there are {} of it; twelve are needed, or a season cannot be seen",
            words::counted(numbers.len() as u64, "month")
        ));
    }
    Ok(())
}

fn written((year, month): (u32, u32)) -> String {
    format!("{year}-{month:02}")
}

/// The months of one file.
fn of_file(text: &str, organisation: &str, all: &mut BTreeSet<String>) -> Result<BTreeMap<(u32, u32), Counts>, String> {
    let table = table(text)?;
    let form = Form::of(&table)?;
    let mut months: BTreeMap<(u32, u32), Counts> = BTreeMap::new();
    let mut whole: BTreeSet<(u32, u32)> = BTreeSet::new();
    for row in form.rows(&table) {
        let code = form.organisation(row);
        if !code.eq_ignore_ascii_case(organisation) {
            if !is_total(code) {
                all.insert(code.to_owned());
            }
            continue;
        }
        let at = |problem: String| format!("line {}: {problem}", row.line);
        let moment = form.month(row).map_err(at)?;
        let counts = form.counts(row).map_err(at)?;
        if form.is_whole() && !whole.insert(moment) {
            return Err(at(format!("{} comes twice", written(moment))));
        }
        let sum = months.entry(moment).or_default();
        *sum = (sum.0 + counts.0, sum.1 + counts.1);
    }
    Ok(months)
}

/// Whether a row is that of all organisations together.
fn is_total(code: &str) -> bool {
    ["", "-", "total", "england"].contains(&code.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    fn year(form: impl Fn(u32) -> String) -> Vec<(String, String)> {
        (1..=12).map(|month| (format!("{month}.csv"), form(month))).collect()
    }

    fn today(month: u32) -> String {
        let name = [
            "JANUARY",
            "FEBRUARY",
            "MARCH",
            "APRIL",
            "MAY",
            "JUNE",
            "JULY",
            "AUGUST",
            "SEPTEMBER",
            "OCTOBER",
            "NOVEMBER",
            "DECEMBER",
        ][month as usize - 1];
        format!(
            "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,A&E attendances Booked Appointments Type 1,Attendances over 4hrs Type 1,Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,Other emergency admissions,Patients who have waited 4-12 hs from DTA to admission\n\
             MSitAE-{name}-2024,R1F,NHS,WIGHT,\"4,000\",7,50,1200,{},10,99,12\n\
             TOTAL,TOTAL,,TOTAL,9,9,9,9,9,9,9,9\n",
            800 + month
        )
    }

    #[test]
    fn a_file_a_month_and_one_long_file_give_the_same() {
        let mut long = "period,org_code,type,attendances,breaches,admissions\n".to_owned();
        for month in 1..=12 {
            let _ = writeln!(
                long,
                "2024-{month:02}-01,R1F,1,4000,1200,{}\n2024-{month:02}-01,R1F,2,7,0,10\n2024-{month:02}-01,RXX,1,5,1,1",
                800 + month
            );
        }
        let monthly = activity(&year(today), "R1F").unwrap();
        assert_eq!(activity(&[("long.csv".to_owned(), long)], "R1F").unwrap(), monthly);
        assert_eq!((monthly.first(), monthly.last()), ("2024-01", "2024-12"));
        assert_eq!((monthly.months[4].attendances, monthly.months[4].admissions), (4000.0, 815.0));
        let mean = monthly.months.iter().map(|month| month.need).sum::<f64>() / 12.0;
        assert!((mean - 1.0).abs() < 1e-12);
        // (280.172 · 4000 + 2711.36 · 822) / (280.172 · 4000 + 2711.36 · 816.5)
        assert!((monthly.months[11].need - 3_349_425.92 / 3_334_513.44).abs() < 1e-6, "{}", monthly.months[11].need);
    }

    #[test]
    fn older_heads_are_read_too() {
        let text = |month: u32| {
            format!(
                "Period,Code,Number of A&E attendances Type 1,Emergency Admissions via Type 1 A&E\n2011-{month:02},R1F,3000,500\n"
            )
        };
        let first = activity(&year(text), "R1F").unwrap().months.remove(0);
        assert_eq!((first.name.as_str(), first.attendances as u32, first.admissions as u32), ("2011-01", 3000, 500));
    }

    /// A sheet as it was published until 2018: lines above, the month among them, names of columns in two lines, a total.
    fn sheet(month: u32) -> String {
        let name = written((2015, month)).replace("2015-", "");
        format!(
            "Title:,A&E Attendances and Emergency Admissions,,,,,,\n\
             Period:,{name}/2015,,,,,,\n\
             ,,,,,,,\n\
             ,,,A&E attendances,,A&E attendances > 4 hours from arrival to admission,Emergency Admissions,\n\
             Code,Region,Name,Type 1 Departments - Major A&E,Type 2 Departments - Single Specialty,Type 1 Departments - Major A&E,Emergency Admissions via Type 1 A&E,Other Emergency admissions (i.e not via A&E)\n\
             -,-,England,9,9,9,9,9\n\
             ,,,,,,,\n\
             R1F,SOUTH,WIGHT,\"4,000\",7,1200,{},12\n",
            800 + month
        )
    }

    #[test]
    fn sheets_with_lines_above_and_names_in_two_lines_are_read_too() {
        let found = activity(&year(sheet), "r1f").unwrap();
        assert_eq!((found.first(), found.last()), ("2015-01", "2015-12"));
        assert_eq!((found.months[4].attendances, found.months[4].admissions), (4000.0, 805.0));
        let far = activity(&year(sheet), "R1G").unwrap_err();
        assert_eq!(far, "no file has a row of the organisation `R1G`; did you mean `R1F`?");
    }

    #[test]
    fn a_year_may_stand_beside_its_month_and_dates_as_a_workbook_counts_them() {
        let head = "Attendances Type 1,Emergency admissions via A&E";
        let names =
            ["APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER", "JANUARY"];
        let names = names.into_iter().chain(["FEBRUARY", "MARCH"]);
        let beside: Vec<String> = names.map(|name| format!("2015-16,{name},RXX,50,5\n")).collect();
        let beside = format!("Year,Period,Code,{head}\n{}", beside.concat());
        let found = activity(&[("a.csv".to_owned(), beside)], "RXX").unwrap();
        assert_eq!((found.first(), found.last(), found.months.len()), ("2015-04", "2016-03", 12));
        let days: Vec<String> = (0..12).map(|month| format!("{},RXX,50,5\n", 42_461 + 31 * month)).collect();
        let days = format!("Period,Code,{head}\n{}TOTAL,TOTAL,9,9\n", days.concat());
        let found = activity(&[("a.csv".to_owned(), days)], "RXX").unwrap();
        assert_eq!((found.first(), found.last()), ("2016-04", "2017-03"));
    }

    #[test]
    fn what_is_missing_is_told() {
        let problem = |files: &[(String, String)], code: &str| activity(files, code).unwrap_err();
        let mut files = year(today);
        assert!(problem(&files, "R1G").contains("no file has a row of the organisation `R1G`"));
        assert!(problem(&files[..3], "R1F").contains("there are 3 months of it"));
        files.remove(5);
        assert_eq!(problem(&files, "R1F"), "2024-06 is missing between the months that there are");
        let twice = [files.clone(), vec![("again.csv".to_owned(), today(1))]].concat();
        assert_eq!(problem(&twice, "R1F"), "`again.csv`: 2024-01 stands in another file too");
        let other = [("x.csv".to_owned(), "a,b\n1,2\n".to_owned())];
        assert!(problem(&other, "R1F").contains("it is not one of the monthly A&E tables"));
        let mut zero = year(today);
        zero[0].1 = zero[0].1.replace("\"4,000\"", "0");
        assert!(problem(&zero, "R1F").contains("2024-01 has no type 1 attendances"));
        let minor = year(|month| today(month).replace("\"4,000\"", "0"));
        assert!(problem(&minor, "R1F").contains("it has no major emergency department"));
        let gap = year(|month| today(month).replace("\"4,000\"", "*"));
        assert_eq!(problem(&gap, "R1F"), "`1.csv`: line 2: `*` is not a number");
    }
}
