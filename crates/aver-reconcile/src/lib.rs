//! Readings to events: links, accounts, estimates, tallies, forecasts due.
