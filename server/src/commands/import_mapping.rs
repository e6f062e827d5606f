//! `import --map`, `--values`: what the columns and values of a table mean, said on the command line.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{IsTerminal as _, Seek as _, Write as _};

use data::domain::{PositionClass, Scale, nearest_issue};
use data::exchange::{
    MappedField, Mapping, Meanings, ReadFailure, Survey, SurveyOptions, UnknownValue, read_values,
    say_value, suggest_position, suggest_state, suggest_status, survey_with, unknown_values,
};
use data::store::{NewRun, Store};

use super::failure::Failure;
use super::import_arguments::ImportArguments;
use super::output;

/// The largest file of values, in bytes.
const LARGEST_VALUES: u64 = 1 << 20;
/// Values of a column that are shown when somebody is asked about it.
const SHOWN: usize = 3;

/// The mapping by which a file is read: the one that is kept, what is said of its columns, and what is said of its
/// values; `None` for a file that is read by its format alone.
pub(super) async fn choose(
    store: &Store,
    arguments: &ImportArguments,
    new: &NewRun,
    file: &mut File,
) -> Result<Option<Mapping>, Failure> {
    let sheet = match arguments.sheet.as_deref() {
        Some(typed) => Some(sheet_of(typed, file)?),
        None => None,
    };
    let asks = arguments.map.as_deref() == Some("ask");
    if asks && !std::io::stdin().is_terminal() {
        return Err(Failure::new(
            "--map ask asks on a terminal, and standard input is none: say which column holds what with \
             --map 'HEADING=FIELD,…', or take what the columns seem to hold with --map guess",
        ));
    }
    // However the columns are said, the values that say themselves what they mean are taken.
    let mut mapping = match (arguments.map.as_deref(), &new.mapping) {
        (None, None) if arguments.values.is_none() && sheet.is_none() => return Ok(None),
        (None, kept) => kept.clone().unwrap_or_else(values_only),
        (Some("guess"), _) => looked_into(file, sheet)?.guess,
        (Some("ask"), _) => ask_for_columns(&looked_into(file, sheet)?)?,
        (Some(said), _) => of_pairs(said, file, sheet)?,
    };
    mapping.sheet = sheet.or(mapping.sheet);
    let is_said = arguments.map.is_some() || new.mapping.is_some();
    let mut has_suggested = false;
    let scale = scale(store, new).await?;
    let issues = known_issues(store, new, &mapping).await?;
    let meanings = Meanings {
        scale: scale.as_ref(),
        issues: &issues,
    };
    if let Some(path) = &arguments.values {
        let shown = path.display();
        let doing = || format!("cannot read {shown}");
        let about = std::fs::metadata(path).map_err(Failure::while_doing(doing()))?;
        if about.len() > LARGEST_VALUES {
            return Err(Failure::new(format!(
                "{shown} is larger than {} MiB, the most that is read of values",
                LARGEST_VALUES >> 20
            )));
        }
        let bytes = std::fs::read(path).map_err(Failure::while_doing(doing()))?;
        let said = read_values(&bytes).map_err(|reason| Failure::of_message(&reason))?;
        for (field, value, meaning) in said {
            say_value(&mut mapping, field, &value, &meaning, meanings)
                .map_err(|reason| Failure::of_message(&reason))?;
        }
    }
    if is_said {
        let mut new = new.clone();
        new.mapping = Some(mapping.clone());
        let options = store
            .read_options(&new)
            .await
            .map_err(|error| Failure::of_store(&error))?;
        let found = rewound(file, |file| unknown_values(file, &options))?;
        for value in &found.values {
            let suggested = suggested(value, meanings);
            let meaning = if asks {
                ask_for_value(value, suggested, meanings)?
            } else {
                // Only what the words themselves say; the rest is rejected, each row with its reason.
                suggested
                    .filter(|(_, is_sure)| *is_sure)
                    .map(|(code, _)| code)
                    .unwrap_or_default()
            };
            if meaning.is_empty() {
                continue;
            }
            has_suggested = true;
            say_value(&mut mapping, value.field, &value.value, &meaning, meanings)
                .map_err(|reason| Failure::of_message(&reason))?;
        }
    }
    file.rewind()
        .map_err(Failure::while_doing("cannot read the file again"))?;
    if arguments.map.is_some() || has_suggested {
        print(&mapping);
    }
    Ok(Some(mapping))
}

/// A mapping that says something of values and leaves the columns to the format.
fn values_only() -> Mapping {
    Mapping {
        extends: true,
        ..Mapping::default()
    }
}

fn looked_into(file: &mut File, sheet: Option<u32>) -> Result<Survey, Failure> {
    let options = SurveyOptions {
        sheet,
        ..SurveyOptions::default()
    };
    rewound(file, |file| survey_with(file, options))
}

/// The number of a sheet that is named by its name or its number, from 1.
fn sheet_of(typed: &str, file: &mut File) -> Result<u32, Failure> {
    let sheets = looked_into(file, None)?.sheets;
    if sheets.is_empty() {
        return Err(Failure::new(
            "--sheet chooses a sheet of a workbook (.xlsx, .ods), and the file has none",
        ));
    }
    let typed = typed.trim();
    let is_named = |name: &str| name.trim() == typed;
    let mut found = sheets.iter().filter(|sheet| is_named(&sheet.name));
    let number = typed.parse().ok();
    let by_number = || sheets.iter().find(|sheet| Some(sheet.number) == number);
    if let Some(sheet) = found.next().or_else(by_number) {
        return Ok(sheet.number);
    }
    let names = sheets
        .iter()
        .map(|sheet| format!("{} {:?}", sheet.number, sheet.name));
    let names = names.collect::<Vec<_>>().join(", ");
    Err(Failure::new(format!(
        "the workbook has no sheet {typed:?} that holds anything; there are {names}"
    )))
}

/// What comes of reading a file from its beginning.
fn rewound<T>(
    file: &mut File,
    read: impl FnOnce(&mut File) -> Result<T, ReadFailure>,
) -> Result<T, Failure> {
    file.rewind()
        .map_err(Failure::while_doing("cannot read the file again"))?;
    match read(file) {
        Ok(found) => Ok(found),
        Err(ReadFailure::Refused(refusal)) => Err(Failure::of_message(&refusal.message())),
        Err(ReadFailure::Stopped) => Err(Failure::new("the reading was stopped")),
    }
}

/// The scale of the round that assessments go into.
async fn scale(store: &Store, new: &NewRun) -> Result<Option<Scale>, Failure> {
    let (Some(review), Some(slug)) = (new.review, &new.round) else {
        return Ok(None);
    };
    let record = store
        .review_record(review)
        .await
        .map_err(|error| Failure::of_store(&error))?;
    Ok(record.round(slug).map(|round| round.round.scale.clone()))
}

/// The issues that recommendations have, as a file with this mapping is read.
async fn known_issues(
    store: &Store,
    new: &NewRun,
    mapping: &Mapping,
) -> Result<BTreeSet<String>, Failure> {
    let mut new = new.clone();
    new.mapping = Some(mapping.clone());
    let options = store
        .read_options(&new)
        .await
        .map_err(|error| Failure::of_store(&error))?;
    Ok(options.issues)
}

/// The mapping that pairs of a heading and a field say.
fn of_pairs(said: &str, file: &mut File, sheet: Option<u32>) -> Result<Mapping, Failure> {
    let mut mapping = Mapping::default();
    for pair in said.split(',') {
        let Some((heading, id)) = pair.rsplit_once('=') else {
            return Err(Failure::new(format!(
                "{pair:?} is no pair of a heading and a field: write --map 'Recommandation=text,Pays=recommending_states'"
            )));
        };
        let Some(field) = MappedField::parse(id.trim()) else {
            let ids = MappedField::ALL.map(MappedField::id);
            return Err(Failure::new(format!(
                "{:?} is no field; there are {}",
                id.trim(),
                ids.join(", ")
            )));
        };
        if let Some((other, _)) = mapping.fields.iter().find(|(_, id)| **id == field.id()) {
            return Err(Failure::new(format!(
                "{other:?} and {:?} are both said to hold {}; only one of them can",
                heading.trim(),
                field.id()
            )));
        }
        mapping
            .fields
            .insert(heading.trim().to_owned(), field.id().to_owned());
    }
    let survey = looked_into(file, sheet)?;
    let says_text = |id: &str| mapping.fields.values().any(|one| one == id);
    // Of a recognised format only the other columns need be said.
    let is_beside = |id: &String| {
        MappedField::BESIDE
            .iter()
            .any(|field| field.id() == id.as_str())
    };
    mapping.extends = survey.guess.extends
        && mapping.fields.values().all(is_beside)
        && !says_text(MappedField::Paragraph.id());
    let unread = survey.headings.iter().map(|heading| heading.trim());
    mapping.unread = unread
        .filter(|heading| !mapping.fields.contains_key(*heading))
        .filter(|heading| !survey.known.contains(*heading) || !mapping.extends)
        .map(str::to_owned)
        .collect();
    Ok(mapping)
}

/// What a value seems to mean, and whether its own words say so.
fn suggested(value: &UnknownValue, meanings: Meanings<'_>) -> Option<(String, bool)> {
    match value.field {
        MappedField::Status => {
            let found = suggest_status(&value.value, meanings.scale?)?;
            Some((found.status.code.clone(), found.is_sure))
        }
        MappedField::Position => {
            let class = suggest_position(&value.value)?;
            Some((class.code().to_owned(), false))
        }
        MappedField::Issues => {
            let others = meanings.issues.iter().map(String::as_str);
            let issue = nearest_issue(&value.value, others)?;
            Some((issue.to_owned(), false))
        }
        _ => {
            let state = suggest_state(&value.value)?;
            Some((state.as_str().to_owned(), false))
        }
    }
}

/// A line that somebody types; `None` at the end of the input.
fn answer() -> Result<Option<String>, Failure> {
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let read = std::io::stdin()
        .read_line(&mut line)
        .map_err(Failure::while_doing("cannot read the answer"))?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// Asks what each column holds.
fn ask_for_columns(survey: &Survey) -> Result<Mapping, Failure> {
    let ids: Vec<&str> = if survey.guess.extends {
        MappedField::BESIDE.map(MappedField::id).to_vec()
    } else {
        MappedField::ALL.map(MappedField::id).to_vec()
    };
    let headings = match survey.heading_row {
        0 => "The names of the records are the headings.".to_owned(),
        row => format!("The headings are in row {row}."),
    };
    output::aside_line(format_args!(
        "{headings} For each column: Enter for what stands in brackets, - for a column that is \
         not read, or one of {}.",
        ids.join(", ")
    ));
    let mut mapping = Mapping {
        fields: std::collections::BTreeMap::new(),
        unread: std::collections::BTreeSet::new(),
        ..survey.guess.clone()
    };
    for (at, heading) in survey.headings.iter().enumerate() {
        let heading = heading.trim();
        if survey.known.contains(heading) {
            continue;
        }
        let cells = survey.rows.iter().filter_map(|row| row.get(at));
        let cells = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty());
        let values: Vec<&str> = cells.take(SHOWN).collect();
        let guessed = survey.guess.fields.get(heading).map_or("-", String::as_str);
        let field = loop {
            output::aside(format_args!(
                "{heading} ({}) [{guessed}]: ",
                values.join(" | ")
            ));
            let typed = answer()?.unwrap_or_else(|| "-".to_owned());
            let typed = if typed.is_empty() { guessed } else { &typed };
            if typed == "-" {
                break None;
            }
            let is_free = |id: &str| !mapping.fields.values().any(|one| one == id);
            if ids.contains(&typed) && is_free(typed) {
                break Some(typed.to_owned());
            }
            output::aside_line(format_args!(
                "{typed:?} is no field, or another column holds it already."
            ));
        };
        match field {
            Some(id) => {
                mapping.fields.insert(heading.to_owned(), id);
            }
            None => {
                mapping.unread.insert(heading.to_owned());
            }
        }
    }
    Ok(mapping)
}

/// Asks what a value means; nothing if its rows are to be rejected.
fn ask_for_value(
    value: &UnknownValue,
    suggested: Option<(String, bool)>,
    meanings: Meanings<'_>,
) -> Result<String, Failure> {
    // A guess is named; only what the words themselves say is taken with Enter.
    let guess = match &suggested {
        Some((code, false)) => format!(" (perhaps {code})"),
        _ => String::new(),
    };
    let suggested = suggested
        .filter(|(_, is_sure)| *is_sure)
        .map(|(code, _)| code);
    let choices = match value.field {
        MappedField::Status => {
            let statuses = meanings.scale.map(|scale| scale.statuses.as_slice());
            let codes = statuses.unwrap_or_default().iter();
            codes
                .map(|status| status.code.clone())
                .collect::<Vec<_>>()
                .join(", ")
        }
        MappedField::Position => PositionClass::ALL.map(PositionClass::code).join(", "),
        MappedField::Issues => "the name of a known issue".to_owned(),
        _ => "the name or code of a State".to_owned(),
    };
    let otherwise = match value.field {
        MappedField::Issues => "keep it as a new issue",
        _ => "reject them",
    };
    let suggested = suggested.unwrap_or_else(|| "-".to_owned());
    loop {
        output::aside(format_args!(
            "{} {:?} is not known ({} rows){guess}: {choices}, {} or - to {otherwise} [{suggested}]: ",
            value.field.id(),
            value.value,
            value.rows,
            Mapping::LEAVE_OUT
        ));
        let typed = answer()?.unwrap_or_else(|| "-".to_owned());
        let typed = if typed.is_empty() {
            suggested.clone()
        } else {
            typed
        };
        if typed == "-" {
            return Ok(String::new());
        }
        let mut tried = Mapping::default();
        match say_value(&mut tried, value.field, &value.value, &typed, meanings) {
            Ok(()) => return Ok(typed),
            Err(reason) => output::aside_line(app::text::translations::message(&reason)),
        }
    }
}

/// Prints a mapping, so that it can be looked at and given again.
fn print(mapping: &Mapping) {
    output::aside_line("What the columns hold:");
    for (heading, field) in &mapping.fields {
        output::aside_line(format_args!("  {heading} = {field}"));
    }
    for heading in &mapping.unread {
        output::aside_line(format_args!("  {heading}: not read"));
    }
    for (field, values) in &mapping.values {
        for (value, code) in values {
            output::aside_line(format_args!("  {field}: {value} = {code}"));
        }
    }
    let pairs = mapping.fields.iter();
    let pairs: Vec<String> = pairs
        .map(|(heading, field)| format!("{heading}={field}"))
        .collect();
    if !pairs.is_empty() {
        output::aside_line(format_args!("As an argument: --map '{}'", pairs.join(",")));
    }
}
