//! The text of Working Group reports.

use crate::files::{archive, document_of, error, good, states};
use data::domain::{PositionClass, ReviewCode};
use data::exchange::{Format, read_whole};

const REPORT: &str = "A/HRC/15/99\nReport of the Working Group\nContents\n\
II. Conclusions and/or recommendations .... 97-99 13\n\
3. Documents: (a) a national report (A/HRC/WG.6/8/FJI/1);\n\
II. Conclusions and/or recommendations\n\
97. The recommendations listed below have been examined by Fiji and enjoy its support:\n\
97.1. Sign the Convention (CAT) (Togo);\n\
97.2. Ratify the Protocol\nand report on it\n13\nGE.10-12345\nregularly (Mali, Chad); publish\n\
2011 figures (Norway).\n\
97.3. In the field of education:\n\
- Build schools (Kenya);\n\
- Pay teachers (Ghana).\n\
98. The following recommendations will be examined by Fiji, which will provide responses in due \
time:\n98.1. Abolish it (France);\n98.2. Nobody asked for this;\n\
99. The recommendations below did not enjoy the support of Fiji and would thus be noted:\n\
(a) Do a (Spain);\n(b) Do b (Italy).\n\
100. All conclusions and/or recommendations contained in the present report reflect the position of \
the States.\nAnnex\n101.1. Composition of the delegation (Fiji).\n";

fn summary(text: &str) -> Vec<(String, String, Option<PositionClass>)> {
    good(text.as_bytes())
        .recommendations
        .iter()
        .map(|one| {
            (
                one.paragraph.as_ref().unwrap().to_string(),
                states(one).join(" "),
                one.position.as_ref().map(|position| position.class),
            )
        })
        .collect()
}

#[test]
fn numbered_paragraphs_become_recommendations() {
    use PositionClass::{Noted, Pending, Supported};
    let expected = [
        ("97.1", "TGO", Supported),
        ("97.2", "MLI TCD NOR", Supported),
        ("97.3..1", "KEN", Supported),
        ("97.3..2", "GHA", Supported),
        ("98.1", "FRA", Pending),
        ("99(a)", "ESP", Noted),
        ("99(b)", "ITA", Noted),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(paragraph, states, class)| (paragraph.to_owned(), states.to_owned(), Some(class)))
        .collect();
    assert_eq!(summary(REPORT), expected);
    let file = good(REPORT.as_bytes());
    assert_eq!(file.format, Format::ReportText);
    let first = &file.recommendations[0];
    assert_eq!(first.review.to_string(), "FJI-1");
    assert_eq!(first.session, Some(8));
    assert_eq!(first.report_symbol.as_deref(), Some("A/HRC/15/99"));
    assert_eq!(first.text.as_deref(), Some("Sign the Convention (CAT)"));
    assert_eq!(first.language.as_deref(), Some("en"));
    let position = first.position.as_ref().unwrap();
    assert_eq!(position.source.as_deref(), Some("A/HRC/15/99"));
    assert_eq!(position.source_paragraph.as_deref(), Some("97"));
    assert!(position.raw.ends_with("enjoy its support"));
    let broken = file.recommendations[1].text.as_deref().unwrap();
    assert!(broken.starts_with("Ratify the Protocol and report on it regularly (Mali"));
    let [nobody] = &file.rejected[..] else {
        panic!()
    };
    assert_eq!(nobody.reason.key, "exchange-no-state");
    assert_eq!(nobody.cells[1], ("paragraph".to_owned(), "98.2".to_owned()));
}

fn with_lead(lead: &str) -> String {
    format!(
        "A/HRC/WG.6/8/FJI/1\n104. {lead}:\n104.1 Map the reefs (Norway);\n104.2 Dredge the ports (Chile);\n"
    )
}

#[test]
fn what_a_sentence_excepts_is_not_answered_like_the_others() {
    use PositionClass::{Noted, Supported};
    let classes = |lead: &str| {
        let all = summary(&with_lead(lead)).into_iter();
        all.map(|(paragraph, _, class)| (paragraph, class.unwrap()))
            .collect::<Vec<_>>()
    };
    let noted =
        "The recommendations below enjoy the support of Fiji, except for 104.2, which is noted";
    let both = [("104.1".to_owned(), Supported), ("104.2".to_owned(), Noted)];
    assert_eq!(classes(noted), both);
    let remaining = "The following recommendations enjoy the support of Fiji, and the remaining are noted in paragraph 105";
    assert!(
        classes(remaining)
            .iter()
            .all(|(_, class)| *class == Supported)
    );
    // What is said of the exception is asked, with the sentence.
    let silent = "The recommendations below enjoy the support of Fiji, with the exception of recommendation 104.2";
    let file = good(with_lead(silent).as_bytes());
    assert_eq!(classes(silent), both[..1]);
    let [asked] = &file.rejected[..] else {
        panic!()
    };
    assert_eq!(asked.reason.key, "exchange-unclear-answer");
    assert_eq!(asked.reason.values[0].1, silent);
    assert!(
        asked
            .cells
            .contains(&("paragraph".to_owned(), "104.2".to_owned()))
    );
    let vague = "The recommendations below enjoy the support of Fiji, except those on ports";
    let file = good(with_lead(vague).as_bytes());
    assert_eq!((file.recommendations.len(), file.rejected.len()), (0, 2));
}

#[test]
fn parts_without_states_belong_to_their_recommendation() {
    let text = with_lead("The recommendations below enjoy the support of Fiji").replace(
        "104.1 Map the reefs (Norway);",
        "104.1 Look after divers:\n(a) By checking\ntheir air;\n(b) By opening clinics (Norway) (Togo);",
    );
    let file = good(text.as_bytes());
    assert_eq!(file.rejected, []);
    let one = &file.recommendations[0];
    assert_eq!(one.paragraph.as_ref().unwrap().as_str(), "104.1");
    assert_eq!(
        one.text.as_deref(),
        Some("Look after divers: (a) By checking their air; (b) By opening clinics")
    );
    assert_eq!(states(one), ["NOR", "TGO"]);
    // Parts with States of their own are recommendations; one that lacks them is rejected.
    let own = text.replace("air;", "air (Peru);");
    let paragraphs: Vec<_> = summary(&own)
        .into_iter()
        .map(|(paragraph, ..)| paragraph)
        .collect();
    assert_eq!(paragraphs, ["104.1(a)", "104.1(b)", "104.2"]);
    let mixed = text.replace("(b) By", "(b) By hiring doctors (Peru);\n(c) By");
    let file = good(mixed.as_bytes());
    assert_eq!(file.rejected[0].reason.key, "exchange-no-state");
}

#[test]
fn line_ends_and_letters_do_not_matter() {
    let expected = summary(REPORT);
    assert_eq!(summary(&REPORT.replace('\n', "\r\n")), expected);
    assert_eq!(summary(&REPORT.replace('\n', "\r")), expected);
    let mut latin = b"\x96 ".to_vec();
    latin.extend(REPORT.as_bytes());
    assert_eq!(good(&latin).recommendations.len(), expected.len());
}

#[test]
fn pasted_paragraphs_are_read_on_one_line() {
    let pasted = "97.1. Do it (Togo); 97.2. Do more (Mali); do less (Chad).";
    assert_eq!(error(pasted.as_bytes()), "exchange-name-the-review");
    let file = read_whole(pasted.as_bytes(), ReviewCode::parse("FJI-1")).unwrap();
    assert_eq!(file.recommendations.len(), 2);
    assert_eq!(states(&file.recommendations[1]), ["MLI", "TCD"]);
    assert_eq!(file.recommendations[0].position, None);
}

#[test]
fn bare_numbers_stand_below_a_sentence() {
    let text = "80. The recommendations below enjoy the support of Fiji, which considers that they \
                are already implemented:\n1. Do it (Togo);\n2. Do more (Mali).\n";
    let file = read_whole(text.as_bytes(), ReviewCode::parse("FJI-1")).unwrap();
    let found: Vec<_> = file
        .recommendations
        .iter()
        .map(|one| {
            (
                one.paragraph.as_ref().unwrap().as_str(),
                one.position.as_ref().unwrap().class,
            )
        })
        .collect();
    let class = PositionClass::SupportedAsImplemented;
    assert_eq!(found, [("1", class), ("2", class)]);
}

#[test]
fn a_report_as_a_word_document_is_read() {
    let body: String = REPORT
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    let file = good(&document_of(None, &body));
    assert_eq!(
        (file.format, file.recommendations.len()),
        (Format::ReportText, 7)
    );
    let letter = document_of(
        None,
        "<w:p><w:r><w:t>Dear Sir, 97.1 is wrong.</w:t></w:r></w:p>",
    );
    assert_eq!(error(&letter), "exchange-matrix-no-table");
    assert_eq!(error(&archive(&[("x", b"y")])), "exchange-unknown-format");
}

#[test]
fn other_texts_are_no_reports() {
    for text in [
        "Dear Sir, (Togo)\n",
        "a,b\n97.1,x\n",
        "1. Buy milk\n2. Buy bread\n",
        "97.1 Do it",
    ] {
        assert!(
            error(text.as_bytes()).starts_with("exchange-table"),
            "{text}"
        );
    }
    let other = read_whole(REPORT.as_bytes(), ReviewCode::parse("TGO-1")).unwrap_err();
    assert_eq!(other.key, "exchange-other-review");
}

/// The paragraph of a Word document in a list, or in none, perhaps with its end deleted.
fn listed(list: &str, level: &str, text: &str) -> String {
    let place = format!(
        "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>"
    );
    format!("<w:p>{place}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn plain(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A Word document with these lists.
fn numbered_document(body: &str, lists: &str) -> Vec<u8> {
    let document =
        format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").into_bytes();
    let lists = format!("<w:numbering xmlns:w=\"w\">{lists}</w:numbering>").into_bytes();
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", &document),
        ("word/numbering.xml", &lists),
    ])
}

const HEAD: &str = "A/HRC/WG.6/8/FJI/1";
const OF_97: &str = "<w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
<w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"97.%1\"/></w:lvl></w:abstractNum>\
<w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num>";
const IN_LEVELS: &str = "<w:abstractNum w:abstractNumId=\"3\">\
<w:lvl w:ilvl=\"0\"><w:start w:val=\"97\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl>\
<w:lvl w:ilvl=\"2\"><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%3)\"/></w:lvl></w:abstractNum>\
<w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num>";

fn summary_of(bytes: &[u8]) -> Vec<(String, String, Option<PositionClass>)> {
    let file = good(bytes);
    assert_eq!(file.format, Format::ReportText);
    assert_eq!(file.rejected, []);
    let one = |one: &data::exchange::Incoming| {
        let position = one.position.as_ref().map(|position| position.class);
        let paragraph = one.paragraph.as_ref().unwrap().to_string();
        (paragraph, states(one).join(" "), position)
    };
    file.recommendations.iter().map(one).collect()
}

fn expected(rows: &[(&str, &str, PositionClass)]) -> Vec<(String, String, Option<PositionClass>)> {
    let owned = |(paragraph, states, class): &(&str, &str, PositionClass)| {
        ((*paragraph).to_owned(), (*states).to_owned(), Some(*class))
    };
    rows.iter().map(owned).collect()
}

#[test]
fn numbers_that_word_makes_are_read() {
    use PositionClass::Pending;
    let body = plain(HEAD)
        + &plain("II. Conclusions and/or recommendations")
        + &plain("97. The following recommendations will be examined by Fiji:")
        + &listed("7", "0", "Ratify the treaty (Norway); (Sweden);")
        + &listed("7", "0", "1951 Convention: accede to it (Togo);")
        + &listed("7", "0", "97.9 A typed number stays (Kenya);")
        + &listed("7", "0", "Let prisoners see doctors (Estonia).")
        + &plain("98. All conclusions reflect the position of the submitting State(s).");
    assert_eq!(
        summary_of(&numbered_document(&body, OF_97)),
        expected(&[
            ("97.1", "NOR SWE", Pending),
            ("97.2", "TGO", Pending),
            ("97.9", "KEN", Pending),
            ("97.4", "EST", Pending),
        ])
    );
}

#[test]
fn a_paragraph_that_lost_the_number_that_word_makes_is_no_part_of_another() {
    let body = plain(HEAD)
        + &plain("II. Conclusions and/or recommendations")
        + &plain("97. The following recommendations will be examined by Fiji:")
        + &listed("7", "0", "Ratify the treaty (Norway);")
        + &plain("Abolish the death penalty (Estonia);")
        + &listed("7", "0", "Train judges (Peru).");
    let file = good(&numbered_document(&body, OF_97));
    let [wrong] = &file.rejected[..] else {
        panic!()
    };
    assert_eq!(wrong.reason.key, "exchange-report-second");
    assert_eq!(wrong.cells[1].1, "97.1");
    assert_eq!(file.recommendations.len(), 1);
}

#[test]
fn levels_of_numbers_that_word_makes_are_read() {
    use PositionClass::{Noted, Supported};
    let body = plain(HEAD)
        + &listed(
            "7",
            "0",
            "The recommendations below enjoy the support of Fiji:",
        )
        + &listed("7", "1", "Ratify the treaty (Norway);")
        + &listed("7", "1", "Fund shelters (Togo);")
        + &listed(
            "7",
            "0",
            "The recommendations below have been noted by Fiji:",
        )
        + &listed("7", "2", "Do a (Spain);")
        + &listed("7", "2", "Do b (Italy);")
        + &listed(
            "7",
            "0",
            "All conclusions reflect the position of the submitting State(s).",
        );
    assert_eq!(
        summary_of(&numbered_document(&body, IN_LEVELS)),
        expected(&[
            ("97.1", "NOR", Supported),
            ("97.2", "TGO", Supported),
            ("98(a)", "ESP", Noted),
            ("98(b)", "ITA", Noted),
        ])
    );
}

#[test]
fn deleted_paragraphs_are_not_counted() {
    use PositionClass::Supported;
    let place = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr>";
    let removed = format!(
        "<w:p><w:pPr>{place}<w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:del><w:r><w:delText>Gone \
         (Mali);</w:delText></w:r></w:del></w:p>"
    );
    let changed = format!(
        "<w:p><w:pPr><w:pPrChange>{place}</w:pPrChange></w:pPr><w:r><w:t>98. The recommendations \
         below are accepted:</w:t></w:r></w:p>"
    );
    let body = plain(HEAD)
        + &plain("97. The recommendations below are supported:")
        + &listed("7", "0", "Ratify the treaty (Norway);")
        + &removed
        + &listed("7", "0", "Fund shelters (Togo).")
        + &changed
        + &plain("98.1 Do more (Chad).");
    assert_eq!(
        summary_of(&numbered_document(&body, OF_97)),
        expected(&[
            ("97.1", "NOR", Supported),
            ("97.2", "TGO", Supported),
            ("98.1", "TCD", Supported),
        ])
    );
}

#[test]
fn a_matrix_whose_numbers_word_makes_is_read() {
    let heading = crate::files::table_row(&crate::files::MATRIX);
    let row = |text: &str| {
        let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
        let position = cell(&plain("Supported"));
        let rest = cell(&plain("")).repeat(2);
        format!(
            "<w:tr>{}{position}{rest}</w:tr>",
            cell(&listed("7", "0", text))
        )
    };
    let rows = row("Ratify the treaty (Norway);") + &row("Fund shelters (Togo)");
    let body = format!("<w:tbl>{heading}{rows}</w:tbl>");
    let review = ReviewCode::parse("FJI-1");
    let file = read_whole(&numbered_document(&body, OF_97), review).unwrap();
    let paragraphs: Vec<_> = file
        .recommendations
        .iter()
        .map(|one| one.paragraph.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(
        (file.format, paragraphs),
        (
            Format::OhchrMatrix,
            vec!["97.1".to_owned(), "97.2".to_owned()]
        )
    );
}

#[test]
fn reports_in_the_six_languages_are_read() {
    use PositionClass::{Noted, Supported};
    // Names of States are tested elsewhere; here they are those of all languages.
    let reports = [
        (
            "ru",
            "II. Выводы и/или рекомендации\n97. Рекомендации, перечисленные ниже, пользуются поддержкой \
             Фиджи:\n97.1 ратифицировать договор (Togo) (Mali);\n97.2 содержать приюты (Kenya);\n\
             98. Нижеследующие рекомендации были приняты Фиджи к сведению:\n98.1 допускать врачей (Chad).\n\
             Приложение\n99.1 Состав делегации (Fiji).",
        ),
        (
            "fr",
            "II. Conclusions et/ou recommandations\n97. Les recommandations ci-après recueillent son \
             adhésion :\n97.1 Ratifier le traité (Togo) (Mali) ;\n97.2 Financer des refuges (Kenya) ;\n\
             98. Les recommandations ci-après n’ont pas recueilli l’adhésion de l’État :\n\
             98.1 Donner accès à un médecin (Chad).",
        ),
        (
            "es",
            "II. Conclusiones y/o recomendaciones\n97. Las recomendaciones siguientes gozan del apoyo de \
             Fiji:\n97.1 Ratificar el tratado (Togo) (Mali);\n97.2 Financiar refugios (Kenya);\n\
             98. Fiji ha tomado nota de las recomendaciones siguientes:\n98.1 Permitir médicos (Chad).",
        ),
        (
            "ar",
            "ثانياً- الاستنتاجات و/أو التوصيات\n97- حظيت التوصيات التالية بتأييد فيجي:\n\
             97-1 التصديق على المعاهدة (Togo) (Mali)؛\n97-2 تمويل الملاجئ (Kenya)؛\n\
             98- أحاطت فيجي علماً بالتوصيات التالية:\n98-1 السماح بزيارة الأطباء (Chad).",
        ),
        (
            "zh",
            "二. 结论和/或建议\n97. 以下建议得到斐济支持：\n97.1 批准条约（Togo、Mali）；\n\
             97.2 资助收容所（Kenya）；\n98. 斐济注意到以下建议：\n98.1 允许医生探视（Chad）。",
        ),
    ];
    for (language, text) in reports {
        let text = format!("{HEAD}\n{text}");
        assert_eq!(
            summary_of(text.as_bytes()),
            expected(&[
                ("97.1", "TGO MLI", Supported),
                ("97.2", "KEN", Supported),
                ("98.1", "TCD", Noted),
            ]),
            "{language}"
        );
        let file = good(text.as_bytes());
        assert!(
            file.recommendations
                .iter()
                .all(|one| one.language.as_deref() == Some(language))
        );
        let last = file.recommendations[2].text.as_deref().unwrap();
        assert!(!last.contains(['(', '（', 'C']), "{last}");
    }
}
