//! Merging: two recommendations turn out to be one.

use super::{Attached, EditRefusal, EditTarget, Why, add_names, edit_seen, find, finish, matched};
use crate::domain::{Earlier, Paragraph, Recommendation};
use crate::store::change::Change;
use crate::store::history::chain;
use crate::store::history::events::{Absorbed, EditKind};
use crate::store::import::{absorb, hear_claims, keep_further};
use crate::store::recommendations;
use crate::store::rounds::assessments::{self, Cause, Place};
use crate::store::{Actor, Error, Store};

/// Which of two assessments of a round is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// That of the recommendation that stays.
    Own,
    /// That of the recommendation that is merged into it.
    Other,
}

/// A recommendation with what belongs to it.
type Whole = (Recommendation, Attached);

/// The rounds in which two recommendations are assessed, and not alike: the name in addresses and the title.
fn differing(own: &Attached, other: &Attached) -> Vec<(String, String)> {
    let other_of = |slug: &str| other.assessed.iter().find(|one| one.slug == slug);
    let own = own.assessed.iter().filter(|own| {
        let other = other_of(&own.slug);
        other.is_some_and(|other| chain::json(&own.assessment) != chain::json(&other.assessment))
    });
    own.map(|own| (own.slug.clone(), own.title.clone()))
        .collect()
}

/// What becomes of a recommendation into which another one is merged: positions, terms and States are united, and what
/// it says of itself stays.
fn united(own: &Recommendation, other: &Recommendation) -> Recommendation {
    let mut united = own.clone();
    absorb(&mut united, other);
    // The claims of the one that stays are the later ones.
    united.positions.clone_from(&other.positions);
    hear_claims(&mut united.positions, own.positions.clone());
    if united.text.is_none() {
        united.text.clone_from(&other.text);
        united.language.clone_from(&other.language);
        keep_further(&mut united);
    }
    united
}

impl Attached {
    /// The rounds in which another recommendation is assessed as well, and differently, by slug and title: if the other
    /// one is merged into this one, somebody has to choose.
    pub fn differing(&self, other: &Self) -> Vec<(String, String)> {
        differing(self, other)
    }
}

impl Store {
    /// What a recommendation would be if another one were merged into it.
    pub fn merged(own: &Recommendation, other: &Recommendation) -> Recommendation {
        united(own, other)
    }

    /// Merges another recommendation into one; the number of the edit's entry. The former number of the other one leads
    /// here. In open rounds the assessment of the other one moves if this one has none; where they differ, `choices`
    /// says by the name of the round which is kept.
    pub async fn merge_recommendations(
        &self,
        actor: &Actor,
        target: &EditTarget,
        other: &Paragraph,
        choices: &[(String, Kept)],
        why: &Why,
    ) -> Result<i64, Error> {
        if target.paragraph == *other {
            return Err(EditRefusal::MergedWithItself.into());
        }
        let mut edit = why.of(EditKind::Merged)?;
        let mut change = self.begin(actor).await?;
        let (review, own) = find(&change.tx, target.review, &target.paragraph).await?;
        let (_, other) = find(&change.tx, target.review, other).await?;
        let own_attached = Attached::load(&change.tx, &review, &own).await?;
        let attached = Attached::load(&change.tx, &review, &other).await?;
        attached.refuse_going(&other)?;
        if edit_seen(&[(&own, &own_attached), (&other, &attached)]) != target.seen {
            return Err(target.conflict());
        }
        let after = united(&own, &other);
        own_attached.refuse_published(&own, &after)?;
        let own = (own, own_attached);
        let other = (other, attached);
        move_assessments(&mut change, target, &own, &other, choices).await?;
        move_links(&mut change, &own, &other).await?;
        let ((own, _), (other, attached)) = (own, other);
        let into = Absorbed {
            into: own.paragraph.to_string(),
        };
        edit.other = Some(other.paragraph.to_string());
        edit.names = attached.matches(&other.paragraph);
        let former = (other.paragraph.to_string(), None);
        let names = std::iter::once(&former).chain(&attached.names);
        let names = names.map(|name| (matched(name, &own.paragraph), own.id));
        let names = names.collect();
        recommendations::remove(&mut change, &review, &[(other, Some(into))]).await?;
        if after != own {
            recommendations::update(&mut change, &review, &[(own, after)]).await?;
        }
        add_names(&mut change, &review, names).await?;
        finish(change, &review, &target.paragraph, edit).await
    }
}

/// Moves the assessments of open rounds to the recommendation that stays.
async fn move_assessments(
    change: &mut Change<'_>,
    target: &EditTarget,
    (own, own_attached): &Whole,
    (other, attached): &Whole,
    choices: &[(String, Kept)],
) -> Result<(), Error> {
    let differing = differing(own_attached, attached);
    let choice = |slug: &str| choices.iter().find(|(round, _)| round == slug);
    let unchosen = differing.iter().filter(|(slug, _)| choice(slug).is_none());
    let unchosen: Vec<&str> = unchosen.map(|(_, title)| title.as_str()).collect();
    if !unchosen.is_empty() {
        let rounds = unchosen.join(", ");
        return Err(EditRefusal::AssessmentsUnchosen { rounds }.into());
    }
    for moved in &attached.assessed {
        let slug = &moved.slug;
        let is_free = own_attached.assessed.iter().all(|one| one.slug != *slug);
        let differs = differing.iter().any(|(round, _)| round == slug);
        let moves =
            is_free || differs && choice(slug).is_some_and(|(_, kept)| *kept == Kept::Other);
        let there = Place::find(&change.tx, target.review, slug, &other.paragraph).await?;
        if let Some(present) = there.present(&change.tx).await? {
            assessments::take_away(change, &there, present).await?;
        }
        if moves {
            let here = Place::find(&change.tx, target.review, slug, &own.paragraph).await?;
            let present = here.present(&change.tx).await?;
            let content = moved.assessment.clone();
            assessments::put(change, &here, present, content, Cause::Saved).await?;
        }
    }
    Ok(())
}

/// Moves decisions about links to the recommendation that stays, unless it has one about the same recommendation.
async fn move_links(
    change: &mut Change<'_>,
    (own, own_attached): &Whole,
    (other, attached): &Whole,
) -> Result<(), Error> {
    for link in &attached.links {
        link.decide(change, Some(link.repeats), None).await?;
        let mut moved = link.clone();
        if link.rows.0 == other.id {
            moved.rows.0 = own.id;
            moved.paragraph = own.paragraph.clone();
        } else {
            moved.rows.1 = own.id;
            moved.earlier = Earlier {
                paragraph: own.paragraph.clone(),
                ..link.earlier.clone()
            };
        }
        let is_decided = own_attached.links.iter().any(|one| one.rows == moved.rows);
        if !is_decided {
            moved.decide(change, None, Some(link.repeats)).await?;
        }
    }
    Ok(())
}
