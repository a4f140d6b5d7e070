//! spoken
