//! Reads an ONNX file: its nodes in order and its constants, where they lie.
//!
//! In: bytes of the file. Out: nodes and constants as names and byte ranges, so
//! that nothing large is copied. Of the format (Protocol Buffers) only the fields
//! that `tools/train` writes are read; others are skipped. Bytes that are no
//! such file give an error, never a panic.

use std::collections::HashMap;
use std::ops::Range;

/// An operation of the graph.
#[derive(Debug, Default)]
pub(super) struct Node<'g> {
    pub(super) kind: &'g str,
    pub(super) inputs: Vec<&'g str>,
    pub(super) outputs: Vec<&'g str>,
    /// The attribute `epsilon`, where there is one.
    pub(super) epsilon: Option<f32>,
}

/// A constant of the graph.
#[derive(Debug, Default, Clone)]
pub(super) struct Constant {
    pub(super) shape: Vec<usize>,
    pub(super) kind: u64,
    /// Where its little-endian values lie in the file.
    pub(super) bytes: Range<usize>,
}

/// Kinds of constants, as ONNX numbers them.
pub(super) const FLOAT: u64 = 1;
pub(super) const UINT8: u64 = 2;
pub(super) const INT8: u64 = 3;
pub(super) const INT64: u64 = 7;

/// A graph in a file.
#[derive(Debug, Default)]
pub(super) struct Graph<'g> {
    pub(super) nodes: Vec<Node<'g>>,
    pub(super) constants: HashMap<&'g str, Constant>,
}

impl<'g> Graph<'g> {
    /// Reads a file; `None` when it is no ONNX file or is cut short.
    pub(super) fn read(file: &'g [u8]) -> Option<Graph<'g>> {
        let mut graph = Graph::default();
        for field in Fields::new(file, 0..file.len()) {
            if let (7, Value::Bytes(range)) = field? {
                graph.fill(file, range)?;
            }
        }
        (!graph.nodes.is_empty()).then_some(graph)
    }

    fn fill(&mut self, file: &'g [u8], range: Range<usize>) -> Option<()> {
        for field in Fields::new(file, range) {
            match field? {
                (1, Value::Bytes(range)) => self.nodes.push(node(file, range)?),
                (5, Value::Bytes(range)) => {
                    let (name, constant) = constant(file, range)?;
                    self.constants.insert(name, constant);
                }
                _ => {}
            }
        }
        Some(())
    }
}

fn node(file: &[u8], range: Range<usize>) -> Option<Node<'_>> {
    let mut node = Node::default();
    for field in Fields::new(file, range) {
        match field? {
            (1, Value::Bytes(it)) => node.inputs.push(text(file, it)?),
            (2, Value::Bytes(it)) => node.outputs.push(text(file, it)?),
            (4, Value::Bytes(it)) => node.kind = text(file, it)?,
            (5, Value::Bytes(it)) => {
                let (mut name, mut value) = ("", None);
                for field in Fields::new(file, it) {
                    match field? {
                        (1, Value::Bytes(it)) => name = text(file, it)?,
                        (2, Value::Four(it)) => value = Some(f32::from_bits(it)),
                        _ => {}
                    }
                }
                if name == "epsilon" {
                    node.epsilon = value;
                }
            }
            _ => {}
        }
    }
    Some(node)
}

fn constant(file: &[u8], range: Range<usize>) -> Option<(&str, Constant)> {
    let (mut name, mut constant) = ("", Constant::default());
    for field in Fields::new(file, range) {
        match field? {
            (1, Value::Number(it)) => constant.shape.push(usize::try_from(it).ok()?),
            (1, Value::Bytes(mut it)) => {
                while !it.is_empty() {
                    constant.shape.push(usize::try_from(number(file, &mut it)?).ok()?);
                }
            }
            (2, Value::Number(it)) => constant.kind = it,
            (8, Value::Bytes(it)) => name = text(file, it)?,
            (9, Value::Bytes(it)) => constant.bytes = it,
            _ => {}
        }
    }
    Some((name, constant))
}

fn text(file: &[u8], range: Range<usize>) -> Option<&str> {
    std::str::from_utf8(file.get(range)?).ok()
}

/// A value of a field.
enum Value {
    Number(u64),
    Four(u32),
    Bytes(Range<usize>),
    Eight,
}

/// The fields of a message, each with its number; `None` ends a broken one.
struct Fields<'g> {
    file: &'g [u8],
    rest: Range<usize>,
}

impl<'g> Fields<'g> {
    fn new(file: &'g [u8], rest: Range<usize>) -> Fields<'g> {
        Fields { file, rest }
    }

    fn field(&mut self) -> Option<(u64, Value)> {
        let key = number(self.file, &mut self.rest)?;
        let value = match key & 7 {
            0 => Value::Number(number(self.file, &mut self.rest)?),
            1 => {
                take(&mut self.rest, 8)?;
                Value::Eight
            }
            2 => {
                let len = number(self.file, &mut self.rest)?;
                Value::Bytes(take(&mut self.rest, usize::try_from(len).ok()?)?)
            }
            5 => {
                let range = take(&mut self.rest, 4)?;
                Value::Four(u32::from_le_bytes(self.file.get(range)?.try_into().ok()?))
            }
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

impl Iterator for Fields<'_> {
    type Item = Option<(u64, Value)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.rest = 0..0;
        }
        Some(field)
    }
}

fn take(rest: &mut Range<usize>, len: usize) -> Option<Range<usize>> {
    let end = rest.start.checked_add(len).filter(|&it| it <= rest.end)?;
    let taken = rest.start..end;
    rest.start = end;
    Some(taken)
}

fn number(file: &[u8], rest: &mut Range<usize>) -> Option<u64> {
    let mut out = 0;
    for shift in (0..64).step_by(7) {
        let byte = *file.get(take(rest, 1)?.start)?;
        out |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(out);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_is_cut_short_is_no_graph() {
        // graph { node { input: "a", op_type: "B" } }
        let file = b"\x3a\x08\x0a\x06\x0a\x01a\x22\x01B";
        let graph = Graph::read(file).expect("a graph");
        assert_eq!((graph.nodes[0].kind, &graph.nodes[0].inputs[..]), ("B", &["a"][..]));
        for end in 0..file.len() {
            assert!(Graph::read(&file[..end]).is_none(), "{end} bytes");
        }
        assert!(Graph::read(&[0xff; 40]).is_none() && Graph::read(b"not a model at all").is_none());
    }
}
