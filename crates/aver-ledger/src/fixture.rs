//! Small documents for tests.
