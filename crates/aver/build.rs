//! Lists the sample reports, so that the program can carry them.

use std::fmt::Write;
use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("samples/ is part of the repository")
        .filter_map(|it| Some(it.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|it| it.ends_with(".txt") || it.ends_with(".html"))
        .collect();
    names.sort();
    let mut list = String::from("[\n");
    for name in names {
        let file = folder.join(&name);
        let meta = folder.join(format!("{name}.meta.json"));
        let beside = if meta.is_file() { format!("Some(include_str!({meta:?}))") } else { "None".to_owned() };
        writeln!(list, "({name:?}, include_bytes!({file:?}), {beside}),").expect("a string takes every line");
    }
    list.push(']');
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("samples.rs"), list).expect("cargo's folder is writable");
}
