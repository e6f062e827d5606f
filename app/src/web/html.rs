//! A piece of a page, rendered as soon as it is made.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos::tachys::view::Position;

/// HTML that is finished. Nothing on a page changes once it is rendered, islands aside, so a piece need
/// not remember what it was made of. The compiler then makes of each view what renders it once, and
/// nothing that would bring it to life, wait for it or change it: less than half.
pub(crate) type Fragment = InertElement;

/// What can be rendered to a [`Fragment`].
pub(crate) trait IntoFragment {
    /// Renders it.
    fn fragment(self) -> Fragment;

    /// Renders it after what is there.
    fn render(self, html: &mut String);
}

/// A view that is rendered to a [`Fragment`] as soon as it is made.
macro_rules! html {
    ($($view:tt)*) => {
        $crate::web::html::IntoFragment::fragment(::leptos::prelude::view! { $($view)* })
    };
}
pub(crate) use html;

impl<V: RenderHtml> IntoFragment for V {
    fn fragment(self) -> Fragment {
        // Most are a cell or a link.
        let mut html = String::with_capacity(256);
        self.render(&mut html);
        Fragment::new(html)
    }

    fn render(self, html: &mut String) {
        // As `to_html` does, without measuring everything first.
        self.to_html_with_buf(html, &mut Position::FirstChild, true, false, Vec::new());
    }
}
