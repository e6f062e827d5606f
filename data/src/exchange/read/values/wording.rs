//! What can be the text of a recommendation.

use crate::domain::Message;
use crate::exchange::read::formats::reply_head::is_month;
use crate::exchange::read::values::cells::shortened;

/// What is wrong with a text that is a date or a number, as in a column that was chosen by mistake.
pub(crate) fn no_wording(text: &str) -> Option<Message> {
    let text = text.trim();
    // A date in words is short: "1 March 2024", "01-Mar-24".
    let is_short = text.len() <= 40;
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let is_figure = |word: &str| word.chars().all(char::is_numeric);
    let has_figure = text.chars().any(char::is_numeric);
    let is_sign = |c: char| c.is_alphanumeric() || c.is_whitespace() || ".,-–/:'’".contains(c);
    let is_date = has_figure
        && is_short
        && text.chars().all(is_sign)
        && words.all(|word| is_figure(word) || is_month(word));
    is_date.then(|| Message::new("exchange-text-is-date").with("value", shortened(text)))
}

#[cfg(test)]
mod tests {
    use super::no_wording;

    #[test]
    fn dates_and_numbers_are_no_texts() {
        for text in [
            "2024-03-01",
            "1/3/2024",
            "45,352",
            "1 March 2024",
            "01-Mar-24",
            "mars 2024",
        ] {
            assert!(no_wording(text).is_some(), "{text}");
        }
        for text in [
            "",
            "Ratify",
            "1951 Convention",
            "Act by 1 March 2024",
            "=1+1",
            "在2024年批准公约",
        ] {
            assert!(no_wording(text).is_none(), "{text}");
        }
    }
}
