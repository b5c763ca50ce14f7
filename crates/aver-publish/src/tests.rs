//! Exports as their readers see them.
