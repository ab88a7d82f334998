//! Puts what several parts of a program share into few files. The splitter makes a chunk for each set of parts that share
//! something, so that ten parts make over a hundred, most of them tiny; a part would be fetched in fifty pieces.

use crate::merge::merged;
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The part that follows the page's start in any case: what it shares comes with it, and is there for all others.
const FOLLOWS_THE_START: &str = "holdings";

/// Below so many octets a chunk is not worth a request of its own, and is fetched with the others by whatever needs one.
const SMALL: usize = 8 * 1024;

/// What the splitter's loader writes before and behind a chunk's definition.
const DEFINES: &str = "const __";
const ENDS: &str = "\n, []);\n";

/// A chunk as the loader defines it.
#[derive(Debug, PartialEq)]
struct Chunk {
    name: String,
    /// The parts that need it.
    users: Vec<String>,
    /// The whole of its definition.
    definition: String,
}

/// Packs the chunks in this folder, and tells the loader. Gives the files that there are then.
pub(crate) fn pack(parts: Vec<PathBuf>, loader: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut text = fs::read_to_string(loader)?;
    let mut packs: [(&str, Vec<(Chunk, PathBuf)>); 2] =
        [("pack_first", Vec::new()), ("pack_small", Vec::new())];
    let [(_, first), (_, small)] = &mut packs;
    for chunk in chunks(&text)? {
        let file = format!("{}.wasm", chunk.name);
        let place = parts.iter().find(|part| part.ends_with(&file));
        let place = place
            .with_context(|| format!("there is no {file}"))?
            .clone();
        if chunk.users.iter().any(|user| user == FOLLOWS_THE_START) {
            first.push((chunk, place));
        } else if fs::metadata(&place)?.len() < SMALL as u64 {
            small.push((chunk, place));
        }
    }
    let mut left = parts;
    for (name, packed) in packs.iter().filter(|(_, packed)| packed.len() > 1) {
        let modules = packed.iter().map(|(_, place)| fs::read(place));
        let module = merged(&modules.collect::<Result<Vec<_>, _>>()?)?;
        text = with_pack(&text, name, packed.iter().map(|(chunk, _)| chunk))?;
        for (_, place) in packed {
            fs::remove_file(place)?;
        }
        left.retain(|part| !packed.iter().any(|(_, place)| place == part));
        let place = loader.with_file_name(format!("{name}.wasm"));
        fs::write(&place, module)?;
        left.push(place);
    }
    fs::write(loader, text)?;
    Ok(left)
}

/// The chunks that the loader defines.
fn chunks(loader: &str) -> anyhow::Result<Vec<Chunk>> {
    let mut chunks = Vec::new();
    let mut rest = loader;
    while let Some((_, from)) = rest.split_once("/* ") {
        let Some((users, definition)) = from.split_once(&format!(" */\n{DEFINES}")) else {
            break;
        };
        let (name, _) = definition.split_once(' ').context("a chunk has a name")?;
        let (body, behind) = definition
            .split_once(ENDS)
            .with_context(|| format!("{name} is defined otherwise"))?;
        chunks.push(Chunk {
            name: name.to_owned(),
            users: users.split(", ").map(str::to_owned).collect(),
            definition: format!("/* {users} */\n{DEFINES}{body}{ENDS}"),
        });
        rest = behind;
    }
    Ok(chunks)
}

/// The loader with a pack in the place of these chunks.
fn with_pack<'a>(
    loader: &str,
    pack: &str,
    chunks: impl Iterator<Item = &'a Chunk>,
) -> anyhow::Result<String> {
    let mut text = loader.to_owned();
    let mut names = Vec::new();
    for chunk in chunks {
        ensure!(
            text.matches(&chunk.definition).count() == 1,
            "{} is defined once",
            chunk.name
        );
        let instead = if names.is_empty() {
            chunk.definition.replace(&chunk.name, pack)
        } else {
            String::new()
        };
        text = text.replace(&chunk.definition, &instead);
        names.push(format!("__{}", chunk.name));
    }
    let lines = text.lines().map(|line| with_needs(line, &names, pack));
    Ok(lines.collect::<Vec<_>>().join("\n") + "\n")
}

/// A line that lists what a part needs, with the pack in the place of what is in it; any other as it is.
fn with_needs(line: &str, packed: &[String], pack: &str) -> String {
    let listed = line
        .strip_prefix(", [")
        .and_then(|rest| rest.split_once(']'));
    let Some((listed, behind)) = listed else {
        return line.to_owned();
    };
    let is_packed = |name: &&str| packed.iter().any(|it| it == name);
    let pack = format!("__{pack}");
    let needs_pack = listed.split(", ").any(|name| is_packed(&name));
    let others = listed.split(", ").filter(|name| !is_packed(name));
    let needs: Vec<&str> = needs_pack
        .then_some(pack.as_str())
        .into_iter()
        .chain(others)
        .collect();
    format!(", [{}]{behind}", needs.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "\
import { initSync } from \"./main.js\";
/* store, token */
const __chunk_1 = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_1.wasm\", import.meta.url));
}
, []);
/* cookie, holdings */
const __chunk_2 = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_2.wasm\", import.meta.url));
}
, []);
/* holdings, token */
const __chunk_12 = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_12.wasm\", import.meta.url));
}
, []);
export const __wasm_split_load_token = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL(\"./split_token.wasm\", import.meta.url));
}
, [__chunk_1, __chunk_12]));
export const __wasm_split_load_offline = wrapAsyncCb(makeLoad(() => {
}
, []));
";

    #[test]
    fn the_loader_tells_who_needs_each_chunk() {
        let found = chunks(LOADER).expect("it is as the splitter writes it");
        let told: Vec<_> = found
            .iter()
            .map(|chunk| (chunk.name.as_str(), chunk.users.join("+")))
            .collect();
        let expected = [
            ("chunk_1", "store+token"),
            ("chunk_2", "cookie+holdings"),
            ("chunk_12", "holdings+token"),
        ];
        assert_eq!(told, expected.map(|(name, users)| (name, users.to_owned())));
        assert!(chunks(&LOADER.replace(ENDS, "\n, [])\n")).is_err());
    }

    #[test]
    fn a_pack_stands_for_its_chunks_wherever_one_is_needed() {
        let found = chunks(LOADER).expect("it is as the splitter writes it");
        let text = with_pack(LOADER, "pack_first", found.iter().skip(1)).expect("they are there");
        assert_eq!(text.matches("const __pack_first = makeLoad").count(), 1);
        assert_eq!(text.matches("URL(\"./pack_first.wasm\"").count(), 1);
        assert!(
            !text.contains("chunk_2") && !text.contains("chunk_12"),
            "{text}"
        );
        assert!(
            text.contains("\n, [__pack_first, __chunk_1]));\n"),
            "{text}"
        );
        assert!(text.contains("const __chunk_1 = makeLoad"), "{text}");
        assert!(text.ends_with("\n, []));\n"), "{text}");
        assert!(with_pack(&text, "pack_first", found.iter().skip(1)).is_err());
    }
}
