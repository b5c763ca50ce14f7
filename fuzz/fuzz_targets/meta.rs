//! Fuzz target `meta`; its body and promise are in `bodies`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aver_fuzz::bodies::any_meta_is_read(bytes));
