//! What the readers of Office's XML do alike.

use super::archive::damaged;
use crate::domain::Message;
use quick_xml::events::{BytesRef, BytesStart};
use std::borrow::Cow;

/// The character that a reference such as `&amp;` or `&#8217;` stands for; an unknown one stays as it
/// is.
pub(super) fn resolved(reference: &BytesRef<'_>) -> String {
    html_escape::decode_html_entities(&format!("&{};", &**reference)).into_owned()
}

/// The value of an attribute, whatever its namespace.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Message> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| damaged())?;
        if attribute.key.local_name().as_ref() == name {
            let value: Cow<'_, str> = attribute.value;
            return Ok(Some(html_escape::decode_html_entities(&value).into_owned()));
        }
    }
    Ok(None)
}
