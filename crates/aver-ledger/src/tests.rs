//! What the ledger promises, shown on small documents.
