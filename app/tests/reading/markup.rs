//! Just enough reading of HTML to look at what a page says.

/// The text of a piece of HTML, blanks collapsed.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    let text = text
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of the first table of that class, row by row, as text.
pub(crate) fn table(html: &str, class: &str) -> Vec<Vec<String>> {
    let begin = html
        .find(&format!("<table class=\"{class}\""))
        .unwrap_or_else(|| panic!("no table {class}"));
    let table = html[begin..].split("</table>").next().unwrap();
    table
        .split("<tr")
        .skip(1)
        .map(|row| {
            let row = &row[row.find('>').unwrap() + 1..];
            let ends = row.replace("</th>", "</td>");
            let cells = ends.split("</td>");
            let cells: Vec<String> = cells.map(text).collect();
            cells[..cells.len() - 1].to_vec()
        })
        .collect()
}

/// The values of an attribute, in order.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    html.split(&format!(" {name}=\""))
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
        .collect()
}
