//! Pages that official documents bring: bodies, topics and consultations.

pub(super) mod bulletin_group;
pub(super) mod consultations;
