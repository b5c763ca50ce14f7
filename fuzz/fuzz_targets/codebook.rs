//! Fuzz target `codebook`; its body and promise are in `bodies`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aver_fuzz::bodies::any_files_are_a_codebook_or_faults(bytes));
