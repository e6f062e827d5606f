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
    let text = html_escape::decode_html_entities(&text);
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

/// The rows of the first bars in a piece of HTML: the label, the number and what stands beside it.
pub(crate) fn bars(html: &str) -> Vec<[String; 3]> {
    let begin = html.find("<dl class=\"bars\"").expect("no bars");
    let bars = html[begin..].split("</dl>").next().unwrap();
    let element = |row: &str, name: &str| {
        let begin = format!("<{name}");
        let rest = row.split_once(&begin).map_or("", |(_, rest)| rest);
        let rest = rest.split_once('>').map_or("", |(_, rest)| rest);
        text(rest.split(&format!("</{name}>")).next().unwrap())
    };
    bars.split("<dt>")
        .skip(1)
        .map(|row| {
            let (label, row) = row.split_once("</dt>").unwrap();
            [text(label), element(row, "b"), element(row, "small")]
        })
        .collect()
}

/// What is inside the first element with exactly these classes; it holds none of its name.
pub(crate) fn inside<'a>(html: &'a str, name: &str, classes: &str) -> &'a str {
    let class = format!("class=\"{classes}\"");
    let (_, rest) = html
        .split_once(&class)
        .unwrap_or_else(|| panic!("no {classes}"));
    let (_, rest) = rest.split_once('>').unwrap();
    rest.split(&format!("</{name}>")).next().unwrap()
}

/// The values of an attribute, in order.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    html.split(&format!(" {name}=\""))
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
        .collect()
}
