//! Splitting: one recommendation turns out to be two.

use super::{Attached, EditRefusal, EditTarget, Why, checks, finish};
use crate::domain::{Paragraph, Recommendation, StateCode};
use crate::store::history::events::EditKind;
use crate::store::recommendations;
use crate::store::{Actor, Error, Store};

/// One of the two parts of a recommendation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// Its text.
    pub text: String,
    /// The States that made it.
    pub recommending: Vec<StateCode>,
}

impl Part {
    fn check(&self) -> Result<(), EditRefusal> {
        if checks::text(&self.text).is_none() {
            return Err(EditRefusal::PartWithoutText);
        }
        if self.recommending.is_empty() {
            return Err(EditRefusal::PartWithoutStates);
        }
        Ok(())
    }

    /// A recommendation with the text and the States of this part.
    fn of(&self, whole: &Recommendation) -> Recommendation {
        Recommendation {
            text: Some(self.text.clone()),
            recommending: self.recommending.clone(),
            ..whole.clone()
        }
    }
}

impl Store {
    /// Splits a recommendation in two; the number of the edit's entry. The first part keeps number, assessments, links
    /// and other names. The second part, `number`, has the same positions, terms, category and bodies.
    pub async fn split_recommendation(
        &self,
        actor: &Actor,
        target: &EditTarget,
        first: &Part,
        second: &Part,
        number: &Paragraph,
        why: &Why,
    ) -> Result<i64, Error> {
        first.check()?;
        second.check()?;
        let mut edit = why.of(EditKind::Split)?;
        let mut change = self.begin(actor).await?;
        let (review, whole) = target.find(&change.tx).await?;
        let in_parts = || first.recommending.iter().chain(&second.recommending);
        let left_out: Vec<StateCode> = whole
            .recommending
            .iter()
            .copied()
            .filter(|state| !in_parts().any(|other| other == state))
            .collect();
        if !left_out.is_empty() {
            let states = checks::listed(&left_out);
            return Err(EditRefusal::StatesLeftOut { states }.into());
        }
        let unknown: Vec<StateCode> = in_parts()
            .copied()
            .filter(|state| !whole.recommending.contains(state))
            .collect();
        if !unknown.is_empty() {
            let states = checks::listed(&unknown);
            return Err(EditRefusal::StatesUnknown { states }.into());
        }
        let kept = checks::recommendation(Some(&whole), &first.of(&whole))?;
        let new = checks::recommendation(
            Some(&whole),
            &Recommendation {
                id: 0,
                paragraph: number.clone(),
                summary: None,
                source_id: None,
                ..second.of(&whole)
            },
        )?;
        let attached = Attached::load(&change.tx, &review, &whole).await?;
        attached.refuse_published(&whole, &kept)?;
        checks::number_is_free(&change.tx, &review, number, None).await?;
        edit.other = Some(number.to_string());
        if kept != whole {
            recommendations::update(&mut change, &review, &[(whole, kept)]).await?;
        }
        recommendations::add(&mut change, &review, &[new]).await?;
        finish(change, &review, &target.paragraph, edit).await
    }
}
