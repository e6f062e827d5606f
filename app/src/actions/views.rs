//! Lists that people keep under a name.

use super::accounts::owner;
use super::{ActionError, settle};
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::flash::Notice;
use data::domain::{Filter, Message, ReviewCode};
use data::store::SavedView;
use leptos::prelude::*;

/// Keeps a list of one review, or of all, under a name.
#[server(endpoint = "save-view")]
pub async fn save_view(
    #[server(default)] name: String,
    #[server(default)] review: String,
    #[server(default)] query: String,
) -> Result<(), ActionError> {
    // What is no filter is dropped, so that an address holds nothing else.
    let (filter, _) = Filter::parse(&query);
    let view = SavedView {
        name: name.clone(),
        review: ReviewCode::parse(&review),
        query: filter.with_page(1).to_query(),
    };
    let back = paths::list_with(view.review, &view.query);
    let outcome = async {
        let (site, account, _) = owner().await?;
        if view.review.is_none() && !review.is_empty() {
            return Err(Failure::NotFound);
        }
        site.store.save_view(&account, &view).await?;
        let saved = Message::new("view-saved").with("name", view.name.trim());
        Ok((back.clone(), Some(Notice::done(&saved))))
    };
    let outcome = outcome.await;
    settle(outcome, &back, vec![("name".to_owned(), name)])
}

/// Removes a saved view of the visitor's account.
#[server(endpoint = "remove-view")]
pub async fn remove_view(#[server(default)] name: String) -> Result<(), ActionError> {
    let account_page = || paths::localize("/account");
    let outcome = async {
        let (site, account, _) = owner().await?;
        site.store.remove_view(&account, &name).await?;
        let removed = Message::new("view-removed").with("name", &name);
        Ok((account_page(), Some(Notice::done(&removed))))
    };
    let outcome = outcome.await;
    settle(outcome, &account_page(), Vec::new())
}
