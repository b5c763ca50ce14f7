//! The shapes of countries and provinces, carried by the binary.
//!
//! In: `assets/map/world.bin`, as `cargo xtask worldmap` writes it. Out: [`Shape`]s
//! with their rings in hundredths of a degree. Names of provinces in the file are
//! old for some countries, so a province is found by a point inside it, never by
//! its name alone.

use std::io::Read;
use std::sync::LazyLock;

/// Units of a degree.
pub const STEPS: f64 = 100.0;

/// A country or a first-level division.
pub struct Shape {
    /// 0 for a country, 1 for a division.
    pub level: u8,
    /// ISO 3166-1 alpha-2 code; `--` when it has none.
    pub country: String,
    /// Its name.
    pub name: String,
    /// West, south, east, north.
    pub bounds: [i32; 4],
    /// Closed lines: (east, north).
    pub rings: Vec<Vec<(i32, i32)>>,
}

static WORLD: LazyLock<Vec<Shape>> =
    LazyLock::new(|| decode(include_bytes!("../../../../assets/map/world.bin")).unwrap_or_default());

/// Returns every shape, countries first.
pub fn shapes() -> &'static [Shape] {
    &WORLD
}

/// The shapes that a map is drawn with: those carried, or the user's own of a level in place of them.
#[derive(Clone, Copy)]
pub struct World<'w> {
    own: &'w [Shape],
}

/// Returns the world of `own` shapes over those carried.
pub fn world(own: Option<&super::own::Own>) -> World<'_> {
    World { own: own.map_or(&[], |it| it.shapes.as_slice()) }
}

impl<'w> World<'w> {
    /// Returns every shape; of a level that the user brought only theirs.
    pub fn shapes(self) -> impl Iterator<Item = &'w Shape> {
        let replaced = move |level: u8| self.own.iter().any(|it| it.level == level);
        let (countries, divisions) = (replaced(0), replaced(1));
        let kept = move |it: &&Shape| !(if it.level == 0 { countries } else { divisions });
        shapes().iter().filter(kept).chain(self.own)
    }

    /// Returns the shape of that level around a point; with a country only one of that country.
    pub fn around(self, lat: f64, lon: f64, level: u8, country: Option<&str>) -> Option<&'w Shape> {
        let point = ((lon * STEPS) as i32, (lat * STEPS) as i32);
        // An area of the user's own need not say in which country it lies.
        let of = |it: &Shape| country.is_none_or(|code| it.country == code || it.country == "--");
        self.shapes().find(|it| it.level == level && of(it) && it.holds(point))
    }

    /// Returns the shape of a country.
    pub fn country(self, code: &str) -> Option<&'w Shape> {
        self.shapes().find(|it| it.level == 0 && it.country == code)
    }
}

/// Returns the shape of that level around a point, among those carried.
pub fn around(lat: f64, lon: f64, level: u8, code: Option<&str>) -> Option<&'static Shape> {
    world(None).around(lat, lon, level, code)
}

/// Returns the shape of a country, among those carried.
pub fn country(code: &str) -> Option<&'static Shape> {
    world(None).country(code)
}

impl Shape {
    /// Returns the bounds of the largest of its rings.
    pub fn mainland(&self) -> [i32; 4] {
        let bounds = |ring: &Vec<(i32, i32)>| {
            let start = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
            ring.iter().fold(start, |it, p| [it[0].min(p.0), it[1].min(p.1), it[2].max(p.0), it[3].max(p.1)])
        };
        // One that touches both ends of the world lies across the date line and is no guide.
        let whole = |it: &[i32; 4]| i64::from(it[2] - it[0]) < 35_000;
        let size = |it: &[i32; 4]| i64::from(it[2] - it[0]) * i64::from(it[3] - it[1]);
        self.rings.iter().map(bounds).filter(whole).max_by_key(size).unwrap_or(self.bounds)
    }

    /// Says whether a point lies inside (even-odd rule).
    pub fn holds(&self, (x, y): (i32, i32)) -> bool {
        let [west, south, east, north] = self.bounds;
        if x < west || x > east || y < south || y > north {
            return false;
        }
        let mut inside = false;
        for ring in &self.rings {
            for (a, b) in ring.iter().zip(ring.iter().skip(1).chain(ring.first())) {
                let crosses = (a.1 > y) != (b.1 > y);
                if crosses {
                    let at = f64::from(b.0 - a.0) * f64::from(y - a.1) / f64::from(b.1 - a.1) + f64::from(a.0);
                    inside ^= f64::from(x) < at;
                }
            }
        }
        inside
    }
}

fn decode(packed: &[u8]) -> Option<Vec<Shape>> {
    let mut raw = vec![];
    flate2::read::DeflateDecoder::new(packed).read_to_end(&mut raw).ok()?;
    let mut bytes = Bytes { raw: &raw };
    let n = u32::from_le_bytes(bytes.take(4)?.try_into().ok()?);
    (0..n).map(|_| bytes.shape()).collect()
}

struct Bytes<'r> {
    raw: &'r [u8],
}

impl<'r> Bytes<'r> {
    fn take(&mut self, n: usize) -> Option<&'r [u8]> {
        let (head, rest) = self.raw.split_at_checked(n)?;
        self.raw = rest;
        Some(head)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|it| it[0])
    }

    fn varint(&mut self) -> Option<u32> {
        let (mut value, mut shift) = (0u32, 0);
        loop {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn zigzag(&mut self) -> Option<i32> {
        let value = self.varint()?;
        Some((value >> 1) as i32 ^ -((value & 1) as i32))
    }

    fn words(&mut self, n: usize) -> Option<String> {
        Some(String::from_utf8_lossy(self.take(n)?).into_owned())
    }

    fn shape(&mut self) -> Option<Shape> {
        let level = self.byte()?;
        let country = self.words(2)?;
        let length = usize::from(self.byte()?);
        let name = self.words(length)?;
        let mut rings = vec![];
        let mut bounds = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
        for _ in 0..self.varint()? {
            let (mut x, mut y) = (0, 0);
            let mut ring = vec![];
            for _ in 0..self.varint()? {
                x += self.zigzag()?;
                y += self.zigzag()?;
                ring.push((x, y));
                bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
            }
            rings.push(ring);
        }
        Some(Shape { level, country, name, bounds, rings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_finds_its_country_and_its_province() {
        assert!(shapes().len() > 3000, "{} shapes", shapes().len());
        let own = super::super::own::Own {
            shapes: super::super::own::parse(
                r#"{"type":"Feature","properties":{"name":"Kabul zone"},"geometry":{"type":"Polygon","coordinates":[[[69,34],[70,34],[70,35],[69,35],[69,34]]]}}"#,
            )
            .expect("it is an area"),
            file: "own.geojson".into(),
        };
        let mine = world(Some(&own));
        assert_eq!(mine.around(34.53, 69.17, 1, Some("AF")).map(|it| it.name.as_str()), Some("Kabul zone"));
        assert!(mine.around(31.6, 65.7, 1, Some("AF")).is_none(), "the carried divisions are gone");
        assert!(mine.country("AF").is_some(), "the carried countries stay");
        let kabul = (34.53, 69.17);
        assert_eq!(around(kabul.0, kabul.1, 0, None).map(|it| it.country.as_str()), Some("AF"));
        let province = around(kabul.0, kabul.1, 1, Some("AF")).expect("Kabul lies in a province");
        assert!(province.name.contains("Kabul") || province.name.contains("Kabol"), "{}", province.name);
        assert!(around(0.0, -30.0, 0, None).is_none());
        let [west, _, east, _] = country("US").expect("it is on the map").mainland();
        assert!(west < -12_000 && east < -6_000 && east - west < 6_500, "from {west} to {east}");
        assert_eq!(country("AF").map(|it| it.name.as_str()), Some("Afghanistan"));
    }
}
