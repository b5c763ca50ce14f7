//! Boundaries that the user brings: areas of a GeoJSON file (RFC 7946) in place of the built-in ones.
//!
//! In: the text of the file. Out: [`Shape`]s. A feature is a Polygon or MultiPolygon with a
//! name (`name`, `shapeName`, `NAME_1` … : the first property whose key says so), a
//! `level` (0 a country, 1 a division; geoBoundaries' `shapeType` says it too) and, if it
//! is known, the `country` (ISO 3166-1 alpha-2). Whoever draws a border takes a side; so
//! nobody has to use ours.

use super::world::{STEPS, Shape};
use crate::report::{Report, Result, file_error};
use serde_json::Value;
use std::path::Path;

/// Largest file that is read.
const LARGEST: u64 = 64 << 20;

/// Areas of the user's own, and what to call them under the map.
pub struct Own {
    /// The areas.
    pub shapes: Vec<Shape>,
    /// The file's name.
    pub file: String,
}

/// Reads boundaries from a file.
///
/// # Errors
/// It cannot be read, is no GeoJSON, or has no area in it.
pub fn read(path: &Path) -> Result<Own> {
    let length = std::fs::metadata(path).map_err(|it| file_error(&it, path))?.len();
    if length > LARGEST {
        return Err(Report::input("boundaries-too-large", format!("the file has more than {} MiB", LARGEST >> 20))
            .at(path.display())
            .next("simplify its lines; a hundredth of a degree is as fine as the map draws"));
    }
    let text = std::fs::read_to_string(path).map_err(|it| file_error(&it, path))?;
    let shapes = parse(&text).map_err(|it| {
        Report::input("boundaries-not-understood", it)
            .at(path.display())
            .next("give a GeoJSON FeatureCollection of polygons in degrees, each with a name")
    })?;
    let file = path.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
    Ok(Own { shapes, file })
}

/// Reads boundaries from GeoJSON.
///
/// # Errors
/// A sentence that says what is wrong, and in which feature.
pub fn parse(text: &str) -> std::result::Result<Vec<Shape>, String> {
    let value: Value = serde_json::from_str(text).map_err(|it| format!("it is no JSON: {it}"))?;
    let features = match value["type"].as_str() {
        Some("FeatureCollection") => value["features"].as_array().ok_or("it has no list of features")?.iter().collect(),
        Some("Feature") => vec![&value],
        _ => return Err("it is no FeatureCollection".into()),
    };
    let mut shapes = vec![];
    for (at, feature) in features.into_iter().enumerate() {
        let polygons = match feature["geometry"]["type"].as_str() {
            Some("Polygon") => vec![&feature["geometry"]["coordinates"]],
            Some("MultiPolygon") => feature["geometry"]["coordinates"].as_array().into_iter().flatten().collect(),
            // Points and lines are no areas; a file may carry them beside.
            _ => continue,
        };
        let rings = polygons.into_iter().flat_map(|it| it.as_array().into_iter().flatten()).map(ring);
        let rings: Option<Vec<Vec<(i32, i32)>>> = rings.collect();
        let rings = rings.ok_or_else(|| format!("feature {} has a point that is not in degrees", at + 1))?;
        shapes.extend(shape(&feature["properties"], rings));
    }
    if shapes.is_empty() { Err("there is no area in it".into()) } else { Ok(shapes) }
}

fn ring(points: &Value) -> Option<Vec<(i32, i32)>> {
    let point = |it: &Value| {
        let (east, north) = (it[0].as_f64()?, it[1].as_f64()?);
        let fits = (-180.5..=180.5).contains(&east) && (-90.5..=90.5).contains(&north);
        fits.then(|| ((east * STEPS).round() as i32, (north * STEPS).round() as i32))
    };
    points.as_array()?.iter().map(point).collect()
}

fn shape(properties: &Value, rings: Vec<Vec<(i32, i32)>>) -> Option<Shape> {
    let words = |fits: &dyn Fn(&str) -> bool| {
        let all = properties.as_object().into_iter().flatten();
        let mut found =
            all.filter(|(key, it)| it.is_string() && fits(&key.to_lowercase())).filter_map(|it| it.1.as_str());
        found.next().map(str::to_owned)
    };
    let name = words(&|key| key == "name").or_else(|| words(&|key| key.contains("name"))).unwrap_or_default();
    let level = properties["level"].as_u64().or_else(|| {
        let kind = words(&|key| key == "shapetype")?;
        kind.strip_prefix("ADM")?.parse().ok()
    });
    let country = words(&|key| matches!(key, "country" | "iso_a2" | "iso2")).filter(|it| it.len() == 2);
    let start = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
    let grow = |it: [i32; 4], p: &(i32, i32)| [it[0].min(p.0), it[1].min(p.1), it[2].max(p.0), it[3].max(p.1)];
    let bounds = rings.iter().flatten().fold(start, grow);
    // Districts are drawn as circles; a finer area than a division is none that the map knows.
    (rings.iter().any(|it| it.len() > 3)).then_some(Shape {
        level: level.unwrap_or(1).min(1) as u8,
        country: country.unwrap_or_else(|| "--".into()),
        name,
        bounds,
        rings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "[[[69,34],[70,34],[70,35],[69,35],[69,34]]]";

    fn feature(kind: &str, coordinates: &str, properties: &str) -> String {
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{properties},\
             \"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}]}}"
        )
    }

    #[test]
    fn areas_have_their_name_level_and_country() {
        let it =
            parse(&feature("Polygon", SQUARE, r#"{"name":"Upper Vale","level":0,"country":"AF"}"#)).expect("it is one");
        assert_eq!((it[0].name.as_str(), it[0].level, it[0].country.as_str()), ("Upper Vale", 0, "AF"));
        assert_eq!(it[0].bounds, [6900, 3400, 7000, 3500]);
        assert!(it[0].holds((6950, 3450)) && !it[0].holds((7050, 3450)));
        let it = parse(&feature("MultiPolygon", &format!("[{SQUARE}]"), r#"{"shapeName":"Vale","shapeType":"ADM1"}"#));
        let it = it.expect("geoBoundaries' words are understood");
        assert_eq!((it[0].name.as_str(), it[0].level, it[0].country.as_str()), ("Vale", 1, "--"));
    }

    #[test]
    fn what_is_no_boundary_says_what_is_wrong() {
        for (text, words) in [
            ("no".to_owned(), "no JSON"),
            ("{}".into(), "FeatureCollection"),
            (feature("Point", "[69,34]", "{}"), "no area"),
            (feature("Polygon", "[[[690,34],[70,34],[70,35],[690,34]]]", "{}"), "not in degrees"),
            (feature("Polygon", "[[\"x\"]]", "{}"), "not in degrees"),
        ] {
            let told = parse(&text).err().expect("it is refused");
            assert!(told.contains(words), "{told}");
        }
    }
}
