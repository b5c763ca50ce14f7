//! Behaviour of links, events, estimates, tallies and the register of forecasts.
