//! The scenarios and data that come with the program, in the order in which they are listed.

use super::text::{BUNDLES, Bundled};

/// Every scenario by name, and every data file by its path from the scenarios.
pub const BUNDLED: Bundled = Bundled(&[
    ("pasture-owner.json", include_str!("../../scenarios/pasture-owner.json")),
    ("pasture-fortress.json", include_str!("../../scenarios/pasture-fortress.json")),
    ("pasture-ostrom.json", include_str!("../../scenarios/pasture-ostrom.json")),
    ("place-fortress.json", include_str!("../../scenarios/place-fortress.json")),
    ("place-based.json", include_str!("../../scenarios/place-based.json")),
    ("place-block.json", include_str!("../../scenarios/place-block.json")),
    ("place-capitated.json", include_str!("../../scenarios/place-capitated.json")),
    ("place-talking-shop.json", include_str!("../../scenarios/place-talking-shop.json")),
    ("place-sword.json", include_str!("../../scenarios/place-sword.json")),
    ("isle-of-wight-fortress.json", include_str!("../../scenarios/isle-of-wight-fortress.json")),
    ("isle-of-wight-place-based.json", include_str!("../../scenarios/isle-of-wight-place-based.json")),
    ("south-tyneside-fortress.json", include_str!("../../scenarios/south-tyneside-fortress.json")),
    ("south-tyneside-place-based.json", include_str!("../../scenarios/south-tyneside-place-based.json")),
    ("tameside-fortress.json", include_str!("../../scenarios/tameside-fortress.json")),
    ("tameside-place-based.json", include_str!("../../scenarios/tameside-place-based.json")),
    ("bradford-fortress.json", include_str!("../../scenarios/bradford-fortress.json")),
    ("bradford-place-based.json", include_str!("../../scenarios/bradford-place-based.json")),
    ("commons-mini.json", include_str!("../../scenarios/commons-mini.json")),
    ("bundles/network.json", include_str!("../../scenarios/bundles/network.json")),
    ("bundles/partnership.json", include_str!("../../scenarios/bundles/partnership.json")),
    ("bundles/alliance.json", include_str!("../../scenarios/bundles/alliance.json")),
    ("bundles/prime.json", include_str!("../../scenarios/bundles/prime.json")),
    ("bundles/joint-venture.json", include_str!("../../scenarios/bundles/joint-venture.json")),
    ("bundles/merger.json", include_str!("../../scenarios/bundles/merger.json")),
    ("bundles/self-governance.json", include_str!("../../scenarios/bundles/self-governance.json")),
    ("bundles/kings-fund-ten.json", include_str!("../../scenarios/bundles/kings-fund-ten.json")),
    ("bundles/ostrom-eight.json", include_str!("../../scenarios/bundles/ostrom-eight.json")),
    ("bundles/canterbury.json", include_str!("../../scenarios/bundles/canterbury.json")),
    ("bundles/veterans.json", include_str!("../../scenarios/bundles/veterans.json")),
    ("bundles/quality-contract.json", include_str!("../../scenarios/bundles/quality-contract.json")),
    ("bundles/uniting-care.json", include_str!("../../scenarios/bundles/uniting-care.json")),
    ("bundles/better-care-fund.json", include_str!("../../scenarios/bundles/better-care-fund.json")),
    ("bundles/commissioning-many-small.json", include_str!("../../scenarios/bundles/commissioning-many-small.json")),
    ("bundles/commissioning-few-large.json", include_str!("../../scenarios/bundles/commissioning-few-large.json")),
    ("bundles/agreements.json", include_str!("../../scenarios/bundles/agreements.json")),
    ("bundles/talk.json", include_str!("../../scenarios/bundles/talk.json")),
    ("bundles/random-agreement.json", include_str!("../../scenarios/bundles/random-agreement.json")),
    ("bundles/as-we-are.json", include_str!("../../scenarios/bundles/as-we-are.json")),
    ("bundles/imposed.json", include_str!("../../scenarios/bundles/imposed.json")),
    ("bundles/fortress-state.json", include_str!("../../scenarios/bundles/fortress-state.json")),
    ("bundles/purse.json", include_str!("../../scenarios/bundles/purse.json")),
    ("bundles/commissioner.json", include_str!("../../scenarios/bundles/commissioner.json")),
    ("bundles/patience.json", include_str!("../../scenarios/bundles/patience.json")),
    ("bundles/living-hospital.json", include_str!("../../scenarios/bundles/living-hospital.json")),
    ("bundles/prevention-by-kind.json", include_str!("../../scenarios/bundles/prevention-by-kind.json")),
    ("bundles/care-nearer-home.json", include_str!("../../scenarios/bundles/care-nearer-home.json")),
    ("bundles/money-follows.json", include_str!("../../scenarios/bundles/money-follows.json")),
    ("bundles/shifts.json", include_str!("../../scenarios/bundles/shifts.json")),
    ("bundles/block.json", include_str!("../../scenarios/bundles/block.json")),
    ("bundles/agreements-that-end.json", include_str!("../../scenarios/bundles/agreements-that-end.json")),
    ("bundles/spread.json", include_str!("../../scenarios/bundles/spread.json")),
    ("bundles/2015.json", include_str!("../../scenarios/bundles/2015.json")),
    ("bundles/2024.json", include_str!("../../scenarios/bundles/2024.json")),
    ("crossed/tariff-none.json", include_str!("../../scenarios/crossed/tariff-none.json")),
    ("crossed/tariff-talk.json", include_str!("../../scenarios/crossed/tariff-talk.json")),
    ("crossed/tariff-agreements.json", include_str!("../../scenarios/crossed/tariff-agreements.json")),
    ("crossed/block-none.json", include_str!("../../scenarios/crossed/block-none.json")),
    ("crossed/block-talk.json", include_str!("../../scenarios/crossed/block-talk.json")),
    ("crossed/block-agreements.json", include_str!("../../scenarios/crossed/block-agreements.json")),
    ("crossed/capitation-none.json", include_str!("../../scenarios/crossed/capitation-none.json")),
    ("crossed/capitation-talk.json", include_str!("../../scenarios/crossed/capitation-talk.json")),
    ("crossed/capitation-agreements.json", include_str!("../../scenarios/crossed/capitation-agreements.json")),
    ("replicate/fishery-open-access.json", include_str!("../../scenarios/replicate/fishery-open-access.json")),
    ("replicate/fishery-owners.json", include_str!("../../scenarios/replicate/fishery-owners.json")),
    ("replicate/laboratory-game.json", include_str!("../../scenarios/replicate/laboratory-game.json")),
    ("replicate/water-owners.json", include_str!("../../scenarios/replicate/water-owners.json")),
    ("replicate/water-ostracism.json", include_str!("../../scenarios/replicate/water-ostracism.json")),
    ("stress/place.json", include_str!("../../scenarios/stress/place.json")),
    ("stress/winter-surge.json", include_str!("../../scenarios/stress/winter-surge.json")),
    ("stress/budget-cut.json", include_str!("../../scenarios/stress/budget-cut.json")),
    ("stress/leader-leaves.json", include_str!("../../scenarios/stress/leader-leaves.json")),
    ("stress/staff-loss.json", include_str!("../../scenarios/stress/staff-loss.json")),
    ("stress/national-override.json", include_str!("../../scenarios/stress/national-override.json")),
    ("stress/all-at-once.json", include_str!("../../scenarios/stress/all-at-once.json")),
    ("replicate/covenant-baseline.json", include_str!("../../scenarios/replicate/covenant-baseline.json")),
    ("replicate/covenant-talk-once.json", include_str!("../../scenarios/replicate/covenant-talk-once.json")),
    ("replicate/covenant-talk-declined.json", include_str!("../../scenarios/replicate/covenant-talk-declined.json")),
    ("replicate/covenant-talk.json", include_str!("../../scenarios/replicate/covenant-talk.json")),
    (
        "replicate/covenant-talk-ten-tokens.json",
        include_str!("../../scenarios/replicate/covenant-talk-ten-tokens.json"),
    ),
    ("replicate/covenant-sword.json", include_str!("../../scenarios/replicate/covenant-sword.json")),
    ("replicate/covenant-talk-sword.json", include_str!("../../scenarios/replicate/covenant-talk-sword.json")),
    (
        "replicate/covenant-talk-chosen-sword.json",
        include_str!("../../scenarios/replicate/covenant-talk-chosen-sword.json"),
    ),
    ("replicate/public-good.json", include_str!("../../scenarios/replicate/public-good.json")),
    ("replicate/public-good-punishment.json", include_str!("../../scenarios/replicate/public-good-punishment.json")),
    ("presets/laboratory.json", include_str!("../../scenarios/presets/laboratory.json")),
    ("calibrations/covenants.json", include_str!("../../scenarios/calibrations/covenants.json")),
    ("calibrations/public-goods.json", include_str!("../../scenarios/calibrations/public-goods.json")),
    ("calibrations/trust-margins.json", include_str!("../../scenarios/calibrations/trust-margins.json")),
    ("data/councils.csv", include_str!("../../scenarios/data/councils.csv")),
    ("data/place-parameters.csv", include_str!("../../scenarios/data/place-parameters.csv")),
    ("evidence/england.json", include_str!("../../scenarios/evidence/england.json")),
    ("evidence/covenants.json", include_str!("../../scenarios/evidence/covenants.json")),
    ("data/isle-of-wight.csv", include_str!("../../scenarios/data/isle-of-wight.csv")),
    ("data/south-tyneside.csv", include_str!("../../scenarios/data/south-tyneside.csv")),
    ("data/tameside.csv", include_str!("../../scenarios/data/tameside.csv")),
    ("data/bradford.csv", include_str!("../../scenarios/data/bradford.csv")),
]);

/// Folder of the bundled studies of shocks, which may be left out of their names.
pub const STUDIES: &str = "stress/";

/// Where numbers fitted by `calibrate` stand, which bundled scenarios extend.
const PRESETS: &str = "presets/";

/// Folder of the bundled calibrations, whose files are no scenarios.
const CALIBRATIONS: &str = "calibrations/";

/// Folder of the arms in which payment and governance are crossed.
const CROSSED: &str = "crossed/";

/// Folder of the bundled matches, and of the ensembles that they left, whose files are no scenarios.
const EVIDENCE: &str = "evidence/";

/// What ends the name of an ensemble that a match left.
const ENSEMBLE: &str = "-ensemble";

/// Names of the bundled scenarios, those of [`crossed`] apart.
pub fn scenarios() -> impl Iterator<Item = &'static str> {
    let others = [BUNDLES, STUDIES, PRESETS, CALIBRATIONS, CROSSED, EVIDENCE];
    names().filter(move |name| !others.iter().any(|folder| name.starts_with(folder)))
}

/// Names of the bundled calibrations: `calibrations/trust-margins`.
pub fn calibrations() -> impl Iterator<Item = &'static str> {
    names().filter(|name| name.starts_with(CALIBRATIONS))
}

/// Arms of one comparison in which payment and governance are crossed, each of which costs the payer the same: `crossed/block-talk`.
pub fn crossed() -> impl Iterator<Item = &'static str> {
    names().filter(|name| name.starts_with(CROSSED))
}

/// Names of the bundled matches: `evidence/england`.
pub fn matches() -> impl Iterator<Item = &'static str> {
    names().filter(|name| name.starts_with(EVIDENCE) && !name.ends_with(ENSEMBLE))
}

/// Names of the bundled studies of shocks.
pub fn studies() -> impl Iterator<Item = &'static str> {
    names().filter_map(|name| name.strip_prefix(STUDIES))
}

/// Names of the bundled fragments, presets and forms of governance: they are laid over a scenario, as in
/// `place-fortress+alliance`.
pub fn fragments() -> impl Iterator<Item = &'static str> {
    names().filter_map(|name| name.strip_prefix(BUNDLES))
}

/// Every bundled scenario, and every fragment laid over a scenario that it can be laid over, by name.
pub fn all() -> impl Iterator<Item = String> {
    scenarios().map(str::to_owned).chain(fragments().map(laid_over))
}

/// A scenario that a fragment can be laid over, with the fragment over it. A placebo takes the place of what members agree on, so that
/// they must agree on something.
pub fn laid_over(fragment: &str) -> String {
    let ground = if is_placebo(fragment) { "place-based" } else { "place-fortress" };
    format!("{ground}+{fragment}")
}

/// Whether a fragment is a placebo of an agreement: it leaves out what members decide, or that it binds.
pub fn is_placebo(fragment: &str) -> bool {
    ["talk", "random-agreement", "as-we-are", "imposed"].contains(&fragment)
}

/// Whether a fragment is a preset, the payments of a year, rather than a form of governance: its name is the year.
pub fn is_preset(fragment: &str) -> bool {
    fragment.bytes().all(|letter| letter.is_ascii_digit())
}

fn names() -> impl Iterator<Item = &'static str> {
    BUNDLED.0.iter().filter_map(|(file, _)| file.strip_suffix(".json"))
}
