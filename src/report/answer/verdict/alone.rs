//! The verdict on one design: Outcome, Cost, Depends.

use super::super::super::study::COLLAPSED;
use super::super::topics::{Topic, falls, pool_name};
use super::super::view::View;
use super::{Line, assumptions, share_of_runs, single};

pub(super) fn lines(view: &View) -> Vec<Line> {
    let mut lines = vec![Line::new("Outcome", outcome(view))];
    lines.extend(cost(view).map(|text| Line::new("Cost", text)));
    lines.push(Line::new("Depends", depends(view)));
    lines
}

/// What happens to the pool, or to need and money.
fn outcome(view: &View) -> String {
    let level = |key: &str| view.topic(key).zip(view.mean(0, key));
    let told = |(topic, mean): (&Topic, f64)| format!("{} {}", topic.subject, topic.style.level(mean));
    if let Some(need) = level("need_met") {
        let main = view.topics.iter().find(|topic| topic.key.starts_with("margin"));
        let money = main.and_then(|topic| level(&topic.key)).map(told);
        let parts = [Some(told(need)), money, level("trust_end").map(told)];
        return parts.into_iter().flatten().collect::<Vec<_>>().join(", ") + ".";
    }
    let pool = format!("the {}", pool_name(&view.study));
    let Some((topic, end)) = level("stock_end") else { return format!("{pool} is not measured.") };
    let end = topic.style.level(end);
    let collapsed = view.mean(0, COLLAPSED).unwrap_or(0.0);
    match single::back(view).and_then(|_| single::lowest_point(view)) {
        Some((step, low)) => format!(
            "{pool} falls to {} by {} {step}, regrows, and ends at {end}.",
            topic.style.level(low),
            view.study.unit()
        ),
        None if collapsed > 0.0 => {
            let runs = share_of_runs(collapsed, view.study.ensemble.runs);
            format!("{pool} {} in {runs}; {end} is left at the end.", falls(&view.study))
        }
        None => format!("{end} of {pool} is left at the end."),
    }
}

/// How far it stays behind the best fixed plan.
fn cost(view: &View) -> Option<String> {
    let (topic, share) = (view.topic("welfare_share")?, view.mean(0, "welfare_share")?);
    let matters = view.measure("welfare_share")?.matters;
    Some(if share > 1.0 - matters {
        format!("none: welfare is {} of what the best fixed plan would bring.", topic.style.level(share))
    } else {
        format!("welfare is {} of what the best fixed plan would bring.", topic.style.level(share))
    })
}

/// How far luck moves the main measure.
fn depends(view: &View) -> String {
    /// Of a share, that nine runs in ten lie within so much of each other is called agreement.
    const ALIKE: f64 = 0.10;
    let key = if view.topic("need_met").is_some() { "need_met" } else { "stock_end" };
    let ends = (view.study.quantile(0, key, 0.05), view.study.quantile(0, key, 0.95));
    let luck = match (ends, view.topic(key)) {
        ((Some(low), Some(high)), Some(topic)) if high - low > ALIKE => {
            let (low, high) = topic.style.pair(low, high);
            format!("on luck: {} is {low} to {high} in 9 runs of 10", topic.subject)
        }
        _ => "not on luck".to_owned(),
    };
    format!("{luck}; {}.", assumptions(view))
}
