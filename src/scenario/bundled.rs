//! The scenarios and data that come with the program, in the order in which they are listed.

use super::text::Bundled;

/// Every scenario by name, and every data file by its path from the scenarios.
pub const BUNDLED: Bundled = Bundled(&[
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
    ("replicate/fishery-open-access.json", include_str!("../../scenarios/replicate/fishery-open-access.json")),
    ("replicate/fishery-owners.json", include_str!("../../scenarios/replicate/fishery-owners.json")),
    ("replicate/laboratory-game.json", include_str!("../../scenarios/replicate/laboratory-game.json")),
    ("replicate/water-owners.json", include_str!("../../scenarios/replicate/water-owners.json")),
    ("replicate/water-ostracism.json", include_str!("../../scenarios/replicate/water-ostracism.json")),
    ("data/isle-of-wight.csv", include_str!("../../scenarios/data/isle-of-wight.csv")),
    ("data/south-tyneside.csv", include_str!("../../scenarios/data/south-tyneside.csv")),
    ("data/tameside.csv", include_str!("../../scenarios/data/tameside.csv")),
    ("data/bradford.csv", include_str!("../../scenarios/data/bradford.csv")),
]);
