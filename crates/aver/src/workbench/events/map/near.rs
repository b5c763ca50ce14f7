//! Places too close to be drawn apart become one mark, which opens nearer.
//!
//! In: the marks of a map. Out: groups of them, each with the part of the map that
//! holds its places. Only towns and marks that stand for a circle smaller than
//! themselves are grouped: an area is never made a dot.

use super::Site;
use crate::workbench::Ctx;
use crate::workbench::words::count;

/// Units between the edges of two marks.
const GAP: f64 = 1.0;
/// Degrees: places nearer than this cannot be drawn apart on any map, and are listed.
const ONE_PLACE: f64 = 0.08;

/// Returns the radius of a mark of so many events.
pub fn radius(n: usize) -> f64 {
    (5.0 + (n as f64).sqrt() * 2.0).min(20.0)
}

/// Returns the numbers of the marks that overlap, together; each mark is in one group.
fn together(sites: &[Site]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..sites.len()).filter(|it| sites[*it].small).map(|it| vec![it]).collect();
    let events = |group: &[usize]| group.iter().map(|it| sites[*it].n).sum::<usize>();
    // The place with most events stands for its group; a mark that grew may meet another, so it is looked at again.
    loop {
        groups.sort_by_key(|it| (std::cmp::Reverse(events(it)), it[0]));
        let before = groups.len();
        let mut kept: Vec<Vec<usize>> = vec![];
        for group in groups {
            let (middle, r) = (&sites[group[0]], radius(events(&group)));
            let meets = |it: &&mut Vec<usize>| {
                let other = &sites[it[0]];
                (other.x - middle.x).hypot(other.y - middle.y) < r + radius(events(it)) + GAP
            };
            match kept.iter_mut().find(meets) {
                Some(it) => it.extend(group),
                None => kept.push(group),
            }
        }
        groups = kept;
        if groups.len() == before {
            return groups;
        }
    }
}

/// Hides the marks that overlap and returns the marks that stand for them.
pub fn group(ctx: &Ctx, sites: &mut [Site]) -> Vec<Site> {
    let mut out = vec![];
    for group in together(sites).into_iter().filter(|it| it.len() > 1) {
        group.iter().for_each(|it| sites[*it].hidden = true);
        let own: Vec<&Site> = group.iter().map(|it| &sites[*it]).collect();
        out.push(mark(ctx, &own));
    }
    out
}

fn mark(ctx: &Ctx, own: &[&Site]) -> Site {
    let (n, disputed) = (own.iter().map(|it| it.n).sum(), own.iter().map(|it| it.disputed).sum());
    let start = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    let [west, south, east, north] = own
        .iter()
        .fold(start, |it, site| [it[0].min(site.lon), it[1].min(site.lat), it[2].max(site.lon), it[3].max(site.lat)]);
    let bounds = format!("{:.3},{:.3},{:.3},{:.3}", west - 0.01, south - 0.01, east + 0.01, north + 0.01);
    let on_map = east - west > ONE_PLACE || north - south > ONE_PLACE;
    let kept =
        ctx.query.iter().filter(|(name, it)| !["view", "page", "box"].contains(&name.as_str()) && !it.is_empty());
    let kept = kept.map(|(a, b)| (a.as_str(), b.as_str())).chain(on_map.then_some(("view", "map")));
    let more = count(own.len() - 1, "more place");
    let differ = if disputed > 0 { format!(", {disputed} disputed") } else { String::new() };
    Site {
        kind: "group",
        path: String::new(),
        x: own[0].x,
        y: own[0].y,
        lat: own[0].lat,
        lon: own[0].lon,
        r: radius(n),
        n,
        number: n.to_string(),
        depth: 1,
        words: format!("{} and {more}: {}{differ}", own[0].place, count(n, "event")),
        link: format!("/{}", crate::workbench::ctx::query_string(kept.chain([("box", bounds.as_str())]))),
        place: format!("{} and {more}", own[0].place),
        precision: if on_map { "opens nearer".into() } else { "opens as a list".into() },
        disputed,
        small: true,
        hidden: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, n: usize) -> Site {
        Site {
            kind: "town",
            path: String::new(),
            x,
            y: 0.0,
            lat: 0.0,
            lon: x / 100.0,
            r: radius(n),
            n,
            number: n.to_string(),
            depth: 1,
            words: String::new(),
            link: String::new(),
            place: String::new(),
            precision: String::new(),
            disputed: 0,
            small: true,
            hidden: false,
        }
    }

    #[test]
    fn marks_that_meet_are_one_and_no_two_of_the_rest_meet() {
        let sites = [at(0.0, 1), at(5.0, 9), at(300.0, 4), at(315.0, 1), at(600.0, 2)];
        let mut groups = together(&sites);
        groups.sort();
        assert_eq!(groups, [vec![1, 0], vec![2, 3], vec![4]]);
        let mid = |it: &Vec<usize>| (sites[it[0]].x, radius(it.iter().map(|it| sites[*it].n).sum()));
        for (a, b) in groups.iter().zip(groups.iter().skip(1)) {
            assert!((mid(a).0 - mid(b).0).abs() >= mid(a).1 + mid(b).1);
        }
    }

    #[test]
    fn an_area_is_never_grouped() {
        let mut sites = [at(0.0, 1), at(1.0, 1)];
        sites[0].small = false;
        assert_eq!(together(&sites), [vec![1]]);
    }
}
