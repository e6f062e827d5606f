//! The two versions of a conflict, field by field, to choose from: the table of every form.

use crate::forms::fields::TAKE;
use crate::t;
use crate::web::html::{Fragment, IntoFragment as _, html};
use leptos::prelude::*;

/// A field with both of its versions.
pub(crate) struct Versions {
    /// The name of the choice in the form.
    pub(crate) name: String,
    /// The label of the field.
    pub(crate) label: String,
    /// The version that somebody else saved.
    pub(crate) theirs: Fragment,
    /// The version that was not saved.
    pub(crate) mine: Fragment,
    /// True if both say the same and nothing is to be chosen.
    pub(crate) is_same: bool,
    /// True if one version can be put after the other.
    pub(crate) may_be_joined: bool,
}

/// The heading, the reason, and what is made of the table with both versions. `form` is the id of the form that the
/// choices belong to, if the table stands outside it.
pub(crate) fn conflict(
    fields: Vec<Versions>,
    form: Option<&'static str>,
    around: impl FnOnce(Fragment) -> Fragment,
) -> Fragment {
    let rows: Vec<_> = fields.into_iter().map(|field| row(field, form)).collect();
    let table = view! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("conflict-table")>
            <table class="versions cards">
                <caption class="visually-hidden">{t!("conflict-table")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("conflict-field")}</th>
                        <th scope="col">{t!("conflict-theirs")}</th>
                        <th scope="col">{t!("conflict-yours")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    html! {
        <div class="conflict" role="alert">
            <h2>{t!("conflict-heading")}</h2>
            <p>{t!("conflict-why")}</p>
            {around(table.fragment())}
        </div>
    }
}

/// A field of a form whose two versions differ.
pub(crate) struct Differing {
    /// Its name.
    pub(crate) name: String,
    /// Its label.
    pub(crate) label: String,
    /// The saved value.
    pub(crate) theirs: String,
    /// The value of the form.
    pub(crate) mine: String,
}

impl Differing {
    /// A field by its name and label; `None` if both versions say the same.
    pub(crate) fn new(name: &str, label: String, theirs: &str, mine: &str) -> Option<Self> {
        let mine = mine.replace("\r\n", "\n");
        (mine.trim() != theirs.trim()).then(|| Self {
            name: name.to_owned(),
            label,
            theirs: theirs.to_owned(),
            mine,
        })
    }

    /// With other words for the values, which are codes.
    pub(crate) fn in_words(self, words: impl Fn(&str) -> String) -> Self {
        Self {
            theirs: words(&self.theirs),
            mine: words(&self.mine),
            ..self
        }
    }
}

/// The table to choose from, within the form; `None` if no field differs.
pub(crate) fn conflict_of(fields: Vec<Differing>) -> Option<Fragment> {
    if fields.is_empty() {
        return None;
    }
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let offered = html! { <input type="hidden" name=TAKE value=names.join(" ") /> };
    let rows = fields.into_iter().map(|field| Versions {
        name: format!("{TAKE}{}", field.name),
        label: field.label,
        theirs: text(&field.theirs),
        mine: text(&field.mine),
        is_same: false,
        may_be_joined: false,
    });
    let with_names = |table| html! { {table} {offered} };
    Some(conflict(rows.collect(), None, with_names))
}

/// A text as one of the versions.
pub(crate) fn text(text: &str) -> Fragment {
    let text = if text.trim().is_empty() {
        t!("conflict-nothing")
    } else {
        text.to_owned()
    };
    html! {
        <p class="rationale" dir="auto">
            {text}
        </p>
    }
}

fn row(field: Versions, form: Option<&'static str>) -> Fragment {
    let (name, label) = (field.name, field.label);
    // No choice is made beforehand: both versions are to be read.
    let choice = |is_offered: bool, value: &'static str, words: String| {
        is_offered.then(|| {
            html! {
                <label>
                    <input type="radio" form=form name=name.clone() value=value required />
                    " "
                    {words}
                </label>
            }
        })
    };
    let (differs, may_be_joined) = (!field.is_same, field.may_be_joined);
    let theirs = choice(
        differs,
        "theirs",
        t!("conflict-take-theirs", field = label.clone()),
    );
    let mine = choice(
        differs,
        "mine",
        t!("conflict-take-yours", field = label.clone()),
    );
    let both = choice(
        differs && may_be_joined,
        "both",
        t!("conflict-take-both", field = label.clone()),
    );
    let no_choice = field
        .is_same
        .then(|| view! { <input type="hidden" form=form name=name.clone() value="mine" /> });
    html! {
        <tr>
            <th scope="row">{label}</th>
            <td data-label=t!("conflict-theirs")>
                {field.theirs}
                {theirs}
            </td>
            <td data-label=t!("conflict-yours")>
                {field.mine}
                {mine}
                {both}
                {no_choice}
            </td>
        </tr>
    }
}
