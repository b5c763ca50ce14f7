//! Events on a map, drawn on the server at the precision that their words state.
//!
//! A town is a small circle; a district a hatched circle of a stated radius; a
//! province or a country is its shaded area, never a dot. Where the map has no
//! area, a hatched circle of a stated radius stands for it. Marks that would lie on
//! one another are one mark that opens nearer ([`near`]). What has no position is
//! counted below the map, not left out in silence.

mod near;
pub mod own;
pub mod world;

use super::index::level_words;
use crate::workbench::Ctx;
use crate::workbench::words::{count, country, place};
use std::collections::BTreeMap;
use std::fmt::Write;
use world::{STEPS, Shape};

/// Width of the drawing in units; the height follows.
const WIDTH: f64 = 1000.0;
/// Height of the drawing.
const HEIGHT: f64 = 600.0;
/// Kilometers in a degree of latitude.
const KM: f64 = 111.2;

/// The drawing.
pub struct Map {
    /// `0 0 1000 600`.
    pub view: String,
    /// Outlines of countries, one path.
    pub countries: String,
    /// Borders of provinces, one path; empty when too much is in view.
    pub provinces: String,
    /// Names of countries in view: x, y, name.
    pub labels: Vec<(f64, f64, String)>,
    /// Where events are, every place once.
    pub sites: Vec<Site>,
    /// Marks in place of those that would lie on one another.
    pub groups: Vec<Site>,
    /// Events without a position, in words; empty when there are none.
    pub missing: String,
    /// Length of the scale bar, and its words.
    pub scale: (f64, String),
    /// No event has a position.
    pub empty: bool,
    /// Whose boundaries are drawn.
    pub boundaries: String,
}

impl Map {
    /// Returns what is drawn: every mark that no group stands for, and the groups over them.
    pub fn drawn(&self) -> impl Iterator<Item = &Site> {
        self.sites.iter().filter(|it| !it.hidden).chain(&self.groups)
    }
}

/// Events at one place of one precision.
pub struct Site {
    /// `area`, `circle` (hatched, with a stated radius), `town`, or `group` of several.
    pub kind: &'static str,
    /// The outline of an area.
    pub path: String,
    /// Middle.
    pub x: f64,
    /// Middle.
    pub y: f64,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius.
    pub r: f64,
    /// How many events.
    pub n: usize,
    /// The number drawn, when it is more than one.
    pub number: String,
    /// How dark an area is: 1 to 4.
    pub depth: usize,
    /// "Kabul (town): 12 events, 3 disputed".
    pub words: String,
    /// The same query for these events, or the event.
    pub link: String,
    /// Place, precision, disputed: for the table under the map.
    pub place: String,
    /// "province, drawn as its area".
    pub precision: String,
    /// How many are disputed.
    pub disputed: usize,
    /// A mark of a size of its own, not to scale.
    pub small: bool,
    /// A group stands for it.
    pub hidden: bool,
}

struct Spot<'w> {
    kind: &'static str,
    shape: Option<&'w Shape>,
    lat: f64,
    lon: f64,
    km: f64,
    name: String,
    level: &'static str,
    events: Vec<u32>,
    disputed: usize,
}

/// Draws the events of these numbers.
pub fn draw(ctx: &Ctx, numbers: &[u32]) -> Map {
    let (spots, missing) = spots(ctx, numbers);
    let frame = Frame::around(&spots);
    let mut sites: Vec<Site> = spots.iter().map(|it| site(ctx, it, &frame)).collect();
    // Large areas lie below small ones.
    sites.sort_by(|a, b| b.r.total_cmp(&a.r).then(b.n.cmp(&a.n)).then(a.place.cmp(&b.place)));
    let groups = near::group(ctx, &mut sites);
    let own = ctx.app.settings().boundaries.as_ref();
    let in_view: Vec<&Shape> = world::world(own).shapes().filter(|it| frame.shows(it)).collect();
    let path = |level: u8| {
        let mut out = String::new();
        in_view.iter().filter(|it| it.level == level).for_each(|it| frame.path(it, &mut out));
        out
    };
    let labels = labels(&in_view, &frame, &sites, &groups);
    let missing = if missing > 0 {
        format!(
            "{} no position that a map could show",
            if missing == 1 { "1 event has".into() } else { format!("{missing} events have") }
        )
    } else {
        String::new()
    };
    Map {
        view: format!("0 0 {WIDTH} {HEIGHT}"),
        countries: path(0),
        provinces: if frame.degrees() < 40.0 { path(1) } else { String::new() },
        labels,
        empty: sites.is_empty(),
        boundaries: own.map_or("Natural Earth, de facto".into(), |it| it.file.clone()),
        sites,
        groups,
        missing,
        scale: frame.bar(),
    }
}

/// Returns the names of countries that have room: inside the drawing, clear of marks and of one another.
fn labels(in_view: &[&Shape], frame: &Frame, sites: &[Site], groups: &[Site]) -> Vec<(f64, f64, String)> {
    let mut wide: Vec<(f64, (f64, f64), &str)> = vec![];
    for it in in_view.iter().filter(|it| it.level == 0) {
        // The name stands on the mainland, not in the middle of all islands.
        let [west, south, east, north] = it.mainland();
        let middle = frame.point(f64::from(south + north) / 2.0 / STEPS, f64::from(west + east) / 2.0 / STEPS);
        wide.push((f64::from(east - west) / STEPS * frame.scale * frame.squeeze, middle, &it.name));
    }
    wide.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(b.2)));
    let mut out: Vec<(f64, f64, String)> = vec![];
    for (width, (x, y), name) in wide {
        // A capital of the label is some nine units wide.
        let half = name.chars().count() as f64 * 4.7;
        let inside = (half..WIDTH - half).contains(&x) && (20.0..HEIGHT - 20.0).contains(&y);
        let clear = |it: &Site| {
            let r = if it.kind == "area" { 14.0 } else { it.r.min(24.0) };
            (it.x - x).abs() > half + r || (it.y - y).abs() > 8.0 + r
        };
        let marks = sites.iter().filter(|it| !it.hidden).chain(groups).all(clear);
        let apart = |it: &(f64, f64, String)| {
            (it.0 - x).abs() > half + it.2.chars().count() as f64 * 4.7 || (it.1 - y).abs() > 18.0
        };
        if inside && marks && out.iter().all(apart) && width > half * 1.2 {
            out.push((x, y, name.to_owned()));
        }
    }
    out
}

/// Gathers events by place and precision; returns also how many have no position.
fn spots<'c>(ctx: &'c Ctx, numbers: &[u32]) -> (Vec<Spot<'c>>, usize) {
    let world = world::world(ctx.app.settings().boundaries.as_ref());
    let mut spots: BTreeMap<(String, i64, i64), Spot<'c>> = BTreeMap::new();
    let mut missing = 0;
    for &number in numbers {
        let event = &ctx.snap.knowledge.events[number as usize];
        let level = ctx.snap.index.entries[number as usize].level;
        let (Some(lat), Some(lon), Some(place)) = (event.lat, event.lon, &event.place) else {
            missing += 1;
            continue;
        };
        let code = place.country.as_deref();
        let (kind, shape, km) = match level {
            "city" | "neighbourhood" | "facility" => ("town", None, 5.0),
            "admin2" => ("circle", None, 25.0),
            "admin1" => match world.around(lat, lon, 1, code).or_else(|| world.around(lat, lon, 1, None)) {
                Some(shape) => ("area", Some(shape), 0.0),
                None => ("circle", None, 75.0),
            },
            "country" => match code.and_then(|it| world.country(it)).or_else(|| world.around(lat, lon, 0, None)) {
                Some(shape) => ("area", Some(shape), 0.0),
                None => ("circle", None, 200.0),
            },
            "region" => ("circle", None, 200.0),
            _ => ("circle", None, 100.0),
        };
        let key = match shape {
            Some(shape) => (format!("{} {} {}", shape.level, shape.country, shape.name), 0, 0),
            None => (level.to_owned(), (lat * 50.0) as i64, (lon * 50.0) as i64),
        };
        let name = match (kind, level) {
            ("area", "country") => shape.map_or(place.name.clone(), |it| it.name.clone()),
            _ => match place.country.as_deref() {
                Some(code) => format!("{}, {}", place.name, country(code)),
                None => place.name.clone(),
            },
        };
        let spot =
            spots.entry(key).or_insert(Spot { kind, shape, lat, lon, km, name, level, events: vec![], disputed: 0 });
        spot.events.push(number);
        spot.disputed += usize::from(!event.disputed.is_empty());
    }
    (spots.into_values().collect(), missing)
}

fn site(ctx: &Ctx, spot: &Spot<'_>, frame: &Frame) -> Site {
    let n = spot.events.len();
    let mut path = String::new();
    let (x, y, r) = match spot.shape {
        Some(shape) => {
            frame.path(shape, &mut path);
            let (x, y) = frame.point(spot.lat, spot.lon);
            (x, y, 2000.0 - f64::from(shape.level) * 500.0)
        }
        None => {
            let (x, y) = frame.point(spot.lat, spot.lon);
            let least = if spot.kind == "town" { near::radius(n) } else { 10.0 };
            (x, y, (spot.km / KM * frame.scale).clamp(least, 400.0))
        }
    };
    let small = spot.shape.is_none() && spot.km / KM * frame.scale <= 10.0_f64.max(near::radius(n));
    let link = match spot.events.as_slice() {
        [one] => ctx.link(&format!("/e/{}", ctx.snap.knowledge.events[*one as usize].id)),
        _ => {
            let place = ctx.snap.knowledge.events[spot.events[0] as usize].place.as_ref();
            let words = place.map_or(String::new(), |it| format!("{} {}", ctx.get("q").unwrap_or(""), it.name));
            let kept: Vec<(&str, &str)> = ctx
                .query
                .iter()
                .filter(|(name, it)| !["q", "view", "page"].contains(&name.as_str()) && !it.is_empty())
                .map(|(a, b)| (a.as_str(), b.as_str()))
                .collect();
            let words = words.trim();
            format!("/{}", crate::workbench::ctx::query_string(kept.into_iter().chain([("q", words)])))
        }
    };
    let level = level_words(spot.level);
    let precision = match spot.kind {
        "area" => format!("{level}, drawn as its area"),
        "circle" => format!("{level}, drawn as a circle of {} km", spot.km),
        _ => format!("{level}, not the street"),
    };
    let disputed = if spot.disputed > 0 { format!(", {} disputed", spot.disputed) } else { String::new() };
    Site {
        kind: spot.kind,
        path,
        x,
        y,
        r,
        n,
        number: if n > 1 { n.to_string() } else { String::new() },
        depth: match n {
            1 => 1,
            2..=4 => 2,
            5..=19 => 3,
            _ => 4,
        },
        words: format!("{} ({level}): {}{disputed}", spot.name, count(n, "event")),
        link,
        place: spot.name.clone(),
        precision,
        disputed: spot.disputed,
        lat: spot.lat,
        lon: spot.lon,
        small,
        hidden: false,
    }
}

/// Degrees to units: plate carrée, squeezed so that shapes in the middle are true.
struct Frame {
    west: f64,
    north: f64,
    /// Units a degree of latitude.
    scale: f64,
    /// A degree of longitude against one of latitude.
    squeeze: f64,
}

impl Frame {
    fn around(spots: &[Spot<'_>]) -> Frame {
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        let mut put = |west: f64, south: f64, east: f64, north: f64| {
            bounds = [bounds[0].min(west), bounds[1].min(south), bounds[2].max(east), bounds[3].max(north)];
        };
        for spot in spots {
            put(spot.lon, spot.lat, spot.lon, spot.lat);
            // A whole country is shown when it is small enough to be looked at.
            if let Some(shape) = spot.shape {
                let [west, south, east, north] = shape.bounds.map(|it| f64::from(it) / STEPS);
                if east - west < 40.0 {
                    put(west, south, east, north);
                }
            }
        }
        if spots.is_empty() {
            bounds = [-140.0, -50.0, 170.0, 75.0];
        }
        let [west, south, east, north] = bounds;
        let (pad_x, pad_y) = (((east - west) * 0.08).max(1.2), ((north - south) * 0.1).max(0.8));
        let (west, south, east, north) =
            (west - pad_x, (south - pad_y).max(-85.0), east + pad_x, (north + pad_y).min(85.0));
        let squeeze = ((south + north) / 2.0).to_radians().cos().max(0.2);
        let scale = (WIDTH / ((east - west) * squeeze)).min(HEIGHT / (north - south));
        // The rest of the drawing shows the neighborhood on both sides.
        let (spare_x, spare_y) = (WIDTH / scale / squeeze - (east - west), HEIGHT / scale - (north - south));
        Frame { west: west - spare_x / 2.0, north: north + spare_y / 2.0, scale, squeeze }
    }

    fn point(&self, lat: f64, lon: f64) -> (f64, f64) {
        let round = |it: f64| (it * 10.0).round() / 10.0;
        (round((lon - self.west) * self.scale * self.squeeze), round((self.north - lat) * self.scale))
    }

    fn degrees(&self) -> f64 {
        WIDTH / self.scale / self.squeeze
    }

    fn shows(&self, shape: &Shape) -> bool {
        let [west, south, east, north] = shape.bounds.map(|it| f64::from(it) / STEPS);
        east > self.west
            && west < self.west + self.degrees()
            && north > self.north - HEIGHT / self.scale
            && south < self.north
    }

    /// Writes the outline of a shape; points closer than a unit are one point.
    fn path(&self, shape: &Shape, out: &mut String) {
        for ring in &shape.rings {
            // A coast that goes round the back of the world does not cross the front of the map.
            let torn = |a: &(i32, i32), b: &(i32, i32)| f64::from((a.0 - b.0).abs()) > 180.0 * STEPS;
            let parts: Vec<&[(i32, i32)]> = ring.chunk_by(|a, b| !torn(a, b)).collect();
            for part in &parts {
                self.line(part, parts.len() == 1, out);
            }
        }
    }

    fn line(&self, part: &[(i32, i32)], closed: bool, out: &mut String) {
        let place = |it: &(i32, i32)| {
            let (x, y) = self.point(f64::from(it.1) / STEPS, f64::from(it.0) / STEPS);
            (x.round().clamp(-500.0, WIDTH + 500.0) as i32, y.round().clamp(-500.0, HEIGHT + 500.0) as i32)
        };
        let mut points: Vec<(i32, i32)> = part.iter().map(place).collect();
        points.dedup();
        let beside = |side: fn(&(i32, i32)) -> bool| points.iter().all(side);
        let outside = beside(|it| it.0 < 0)
            || beside(|it| it.0 > WIDTH as i32)
            || beside(|it| it.1 < 0)
            || beside(|it| it.1 > HEIGHT as i32);
        if points.len() < if closed { 4 } else { 2 } || outside {
            return;
        }
        let mut last = points[0];
        let _ = write!(out, "M{} {}l", last.0, last.1);
        for it in &points[1..] {
            let _ = write!(out, "{} {} ", it.0 - last.0, it.1 - last.1);
            last = *it;
        }
        if closed {
            out.push('z');
        }
    }

    fn bar(&self) -> (f64, String) {
        let widest = 160.0 / self.scale * KM;
        let km = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0]
            .into_iter()
            .rfind(|it| *it <= widest)
            .unwrap_or(1.0);
        ((km / KM * self.scale).round(), format!("{km} km"))
    }
}

/// Returns the place of an event in words, for exports.
pub fn place_words(event: &aver_model::LedgerEvent) -> String {
    event.place.as_ref().map_or(String::new(), place)
}
