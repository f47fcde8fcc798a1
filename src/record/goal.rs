//! A public goal with the bulletins that prove it.

use super::{BulletinId, CategoryId};
use crate::content;
use crate::content::bulletin::{Override, Report, Revision};

/// A goal that everyone can read.
#[derive(Debug)]
pub struct Goal<'c> {
    /// As it was written.
    pub source: &'c content::Goal,
    /// Where it belongs.
    pub category: CategoryId,
    /// What public bulletins do for it, oldest first; of one bulletin, what it sets, reports,
    /// revises, judges, then mentions.
    pub evidence: Vec<Evidence<'c>>,
}

/// What one bulletin does for a goal.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'c> {
    /// The bulletin.
    pub bulletin: BulletinId,
    /// What it does.
    pub role: Role<'c>,
    /// Whether the bulletin was withdrawn: it is shown, and proves nothing.
    pub is_withdrawn: bool,
}

/// What a bulletin can do for a goal.
#[derive(Debug, Clone, Copy)]
pub enum Role<'c> {
    /// It announces the goal.
    Sets,
    /// It says how far the goal is.
    Reports(&'c Report),
    /// It gives the goal another target or end.
    Revises(&'c Revision),
    /// It gives the goal a status of its own judgement.
    Overrides(&'c Override),
    /// It is related to the goal, and gives no figure for it.
    Mentions,
}

impl<'c> Goal<'c> {
    /// The bulletins that announce the goal, oldest first.
    pub fn set_by(&self) -> impl Iterator<Item = BulletinId> {
        self.evidence
            .iter()
            .filter(|evidence| matches!(evidence.role, Role::Sets))
            .map(|evidence| evidence.bulletin)
    }

    /// What was reported and still holds, oldest first, by the bulletin's date.
    pub fn reports(&self) -> impl Iterator<Item = (BulletinId, &'c Report)> {
        self.evidence.iter().filter(|evidence| !evidence.is_withdrawn).filter_map(|evidence| {
            match evidence.role {
                Role::Reports(report) => Some((evidence.bulletin, report)),
                Role::Sets | Role::Revises(_) | Role::Overrides(_) | Role::Mentions => None,
            }
        })
    }
}

impl Role<'_> {
    /// The name in data.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sets => "sets",
            Self::Reports(_) => "reports",
            Self::Revises(_) => "revises",
            Self::Overrides(_) => "overrides",
            Self::Mentions => "mentions",
        }
    }
}
