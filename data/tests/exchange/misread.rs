//! Values and cells that could be taken for something that they do not say.

use crate::files::{states, terms};
use data::domain::{Message, ReviewCode};
use data::exchange::{
    FileAccount, Incoming, IncomingAssessment, MappedField, ReadOptions, Rejected, Sink, Stopped,
    read, survey, unknown_values,
};
use std::io::Cursor;

#[derive(Default, Debug)]
struct Everything {
    recommendations: Vec<Incoming>,
    rejected: Vec<Rejected>,
    warnings: Vec<Message>,
    account: FileAccount,
}

impl Sink for Everything {
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        self.recommendations.push(one);
        Ok(())
    }
    fn assessment(&mut self, _: IncomingAssessment) -> Result<(), Stopped> {
        Ok(())
    }
    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.rejected.push(one);
        Ok(())
    }
    fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }
    fn warning(&mut self, warning: Message) {
        self.warnings.push(warning);
    }
    fn account(&mut self, account: FileAccount) {
        self.account = account;
    }
    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}

impl Everything {
    fn faults(&self) -> Vec<(u32, &str)> {
        let rejected = self.rejected.iter();
        rejected.map(|one| (one.row, &*one.reason.key)).collect()
    }
}

fn of_review(code: &str) -> ReadOptions {
    ReadOptions::of_review(ReviewCode::parse(code))
}

fn guessed(bytes: &[u8], options: ReadOptions) -> ReadOptions {
    ReadOptions {
        mapping: Some(survey(Cursor::new(bytes)).unwrap().guess),
        ..options
    }
}

fn everything(bytes: &[u8], options: &ReadOptions) -> Everything {
    let mut sink = Everything::default();
    read(Cursor::new(bytes), options, &mut sink).unwrap();
    sink
}

#[test]
fn every_name_in_the_last_brackets_is_a_state() {
    let rows = [
        ("Sign it (Korea) (Norway)", false),
        ("Sign it (GB) (Guinea Bissau)", false),
        ("Sign it (EU)", false),
        ("Sign it (European Union)", false),
        ("Sign it (Norway on behalf of Sweden)", true),
        (
            "Sign it (Korea, Republic of; Netherlands, Kingdom of the)",
            true,
        ),
    ];
    let mut table = "No;Wording of the recommendation;Response\n".to_owned();
    for (number, (text, _)) in (1..).zip(rows) {
        table.push_str(&format!("6.{number};\"{text}\";Noted\n"));
    }
    let all = everything(
        table.as_bytes(),
        &guessed(table.as_bytes(), of_review("FJI-4")),
    );
    let refused: Vec<u32> = all.rejected.iter().map(|one| one.row).collect();
    assert_eq!(refused, [2, 3, 4, 5], "{:?}", all.faults());
    let taken: Vec<_> = all.recommendations.iter().map(states).collect();
    assert_eq!(taken, [["NOR", "SWE"], ["KOR", "NLD"]]);
}

#[test]
fn columns_from_and_to_are_told_apart_and_no_state_recommends_to_itself() {
    let table = "To,Paragraph,Recommendation,From,Position\n\
                 Fiji,6.1,Sign the treaty on lakes and report on it,Togo,Noted\n\
                 Fiji,6.2,Build the school for everybody on the island,Fiji,Supported\n";
    let options = guessed(table.as_bytes(), of_review("FJI-4"));
    let all = everything(table.as_bytes(), &options);
    assert_eq!(states(&all.recommendations[0]), ["TGO"]);
    assert_eq!(all.faults(), [(3, "exchange-own-recommendation")]);
    let own = "Paragraph,Text,Recommending States\n6.1,Sign it,Fiji\n6.2,Sign it,Togo\n";
    let all = everything(own.as_bytes(), &of_review("FJI-4"));
    assert_eq!(all.faults(), [(2, "exchange-own-recommendation")]);
}

#[test]
fn goals_and_issues_in_one_cell_are_several() {
    let tables = [
        "Paragraph,Text,Recommending States,Issues,SDGs\n",
        "Para,Wording of the recommendation,Recommended by,Topics,Relevant SDGs\n",
    ];
    let rows = "6.1,Sign it,Togo,\"Labour, Detention\",\"5, 16\"\n\
                6.2,Open it,Togo,Labour,SDG 5 | SDG 16.3\n\
                6.3,Shut it,Togo,Labour,18\n\
                6.4,Move it,Togo,Labour,16.99\n";
    for headings in tables {
        let table = format!("{headings}{rows}");
        let bytes = table.as_bytes();
        let options = if headings.starts_with("Para,") {
            guessed(bytes, of_review("FJI-4"))
        } else {
            of_review("FJI-4")
        };
        let all = everything(bytes, &options);
        let one = &all.recommendations[0];
        assert_eq!(
            terms(one),
            ["issue: Labour", "issue: Detention", "sdg: 5", "sdg: 16"]
        );
        let other = &all.recommendations[1];
        assert_eq!(
            terms(other),
            ["issue: Labour", "sdg: SDG 5", "sdg: SDG 16.3"]
        );
        assert_eq!(all.faults(), [(4, "exchange-goal"), (5, "exchange-goal")]);
    }
}

#[test]
fn all_unknown_values_of_a_row_are_asked_about_at_once() {
    let table = "Para,Wording of the recommendation,Recommended by,Response\n\
                 6.1,Sign the treaty,Swedan; Atlantis,Perhaps\n";
    let options = guessed(table.as_bytes(), of_review("FJI-4"));
    let unknown = unknown_values(Cursor::new(table), &options).unwrap();
    let values: Vec<_> = unknown
        .values
        .iter()
        .map(|one| (one.field, one.value.as_str()))
        .collect();
    assert_eq!(
        values,
        [
            (MappedField::RecommendingStates, "Atlantis"),
            (MappedField::RecommendingStates, "Swedan"),
            (MappedField::Position, "Perhaps"),
        ]
    );
}
