//! A public goal with its evidence.

use super::{BulletinId, CategoryId};
use crate::content;
use crate::content::bulletin::{Override, Report, Revision};

/// A public goal.
#[derive(Debug)]
pub struct Goal<'c> {
    /// The goal's file.
    pub source: &'c content::Goal,
    pub category: CategoryId,
    /// The public bulletins that concern it, oldest first. One bulletin's roles are in the order:
    /// sets, reports, revises, overrides, mentions.
    pub evidence: Vec<Evidence<'c>>,
}

/// One role of one bulletin for a goal.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'c> {
    pub bulletin: BulletinId,
    pub role: Role<'c>,
    /// Whether the bulletin is withdrawn: such evidence is shown and not counted.
    pub is_withdrawn: bool,
}

/// The role of a bulletin for a goal.
#[derive(Debug, Clone, Copy)]
pub enum Role<'c> {
    /// It announces the goal.
    Sets,
    /// It reports on the goal.
    Reports(&'c Report),
    /// It gives the goal another target or end.
    Revises(&'c Revision),
    /// It replaces the goal's computed status.
    Overrides(&'c Override),
    /// It mentions the goal and gives no figure for it.
    Mentions,
}

impl<'c> Goal<'c> {
    /// Returns the bulletins that announce the goal, oldest first.
    pub fn set_by(&self) -> impl Iterator<Item = BulletinId> {
        self.evidence
            .iter()
            .filter(|evidence| matches!(evidence.role, Role::Sets))
            .map(|evidence| evidence.bulletin)
    }

    /// Returns the reports of bulletins that are not withdrawn, oldest bulletin first.
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
    /// The name of the role in data.
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
