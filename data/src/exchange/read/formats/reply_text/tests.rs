//! What replies in prose and in lines are read as.

use super::*;

fn told(text: &str) -> String {
    let all = parse(text).told();
    let said = all
        .into_iter()
        .map(|one| format!("{} {}", one.paragraph, one.class.code()));
    said.collect::<Vec<_>>().join(", ")
}

fn wrong(text: &str) -> Vec<String> {
    let parsed = parse(text);
    parsed
        .wrong
        .into_iter()
        .map(|one| one.reason.key.into_owned())
        .collect()
}

#[test]
fn the_shapes_of_replies_are_read() {
    for (text, expected) in [
        (
            "1. Bhutan supports the following recommendations:\n104.1-104.2\n\
             2. Bhutan notes the following recommendations:\n104.3",
            "104.1 supported, 104.2 supported, 104.3 noted",
        ),
        (
            "Bhutan supports 104.1–104.3, 104.20; notes 104.4 and 104.5.",
            "104.1 supported, 104.2 supported, 104.3 supported, 104.20 supported, 104.4 noted, 104.5 noted",
        ),
        (
            "Women\n50.5 Supported\n50.6 Noted (see No. 50.109)\nChildren\n50.7\nSupported in part\nNoted in part",
            "50.5 supported, 50.6 noted, 50.7 partially_supported",
        ),
        (
            "The following recommendations enjoy the support of Bhutan:\n50.23, 25, 26\n50.28.–50.30",
            "50.23 supported, 50.25 supported, 50.26 supported, 50.28 supported, 50.29 supported, 50.30 supported",
        ),
        (
            "Le Bhoutan accepte les recommandations suivantes :\n104.1 à 104.3\nLe Bhoutan prend note des \
             recommandations 104.4 et 104.5.",
            "104.1 supported, 104.2 supported, 104.3 supported, 104.4 noted, 104.5 noted",
        ),
        (
            "Bhután acepta las siguientes recomendaciones: 104.1, 104.2 y 104.3\nToma nota de las recomendaciones \
             104.4 a 104.6",
            "104.1 supported, 104.2 supported, 104.3 supported, 104.4 noted, 104.5 noted, 104.6 noted",
        ),
        (
            "Бутан поддерживает следующие рекомендации:\n104.1–104.2\nБутан принимает к сведению рекомендации 104.3 и \
             104.4",
            "104.1 supported, 104.2 supported, 104.3 noted, 104.4 noted",
        ),
        (
            "تؤيد بوتان التوصيات التالية:\n104.1 إلى 104.2\nتحيط علما بالتوصيات 104.3",
            "104.1 supported, 104.2 supported, 104.3 noted",
        ),
        (
            "不丹支持以下建议：104.1至104.2、104.5\n不丹注意到以下建议：\n104.3",
            "104.1 supported, 104.2 supported, 104.5 supported, 104.3 noted",
        ),
        // What refers to others is no entry.
        (
            "Bhutan supports the following recommendations:\n104.1 The law of 12.03.2020 is in force, see 104.9.\n\
             The Government notes that 104.8 was discussed with 4.5 per cent.",
            "104.1 supported",
        ),
        ("Nothing is said here of 104.1.", ""),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

/// What is taken; what is asked, with its sentence; and the rows that are named as not read.
fn all(text: &str) -> (String, Vec<String>, Vec<u32>) {
    let parsed = parse(text);
    let asked = parsed.asked();
    let asked = asked.iter().map(|one| {
        assert!(one.reason.values.iter().any(|(_, value)| !value.is_empty()));
        one.value.clone().unwrap_or_default()
    });
    let unread = parsed.unread.iter().map(|(row, _)| *row);
    (told(text), asked.collect(), unread.collect())
}

#[test]
fn refusals_are_noted() {
    for text in [
        "Bhutan is unable to support recommendation 104.9.",
        "Bhutan would not be able to accept 104.9 at this stage.",
        "Bhutan is not in a position to support recommendation 104.9.",
        "Recommendation 104.9 cannot be accepted at this stage.",
        "104.9 cannot be accepted at this stage.",
        "104.9 cannot be\naccepted at this stage",
        "Bhutan declines recommendation 104.9.",
        "Bhutan does not support 104.9",
        "Recommendation 104.9 could not be supported.",
        "Recommendation 104.9 failed to enjoy the support of Bhutan.",
        "Le Bhoutan refuse d’accepter la recommandation 104.9.",
        "Bhután se niega a aceptar la recomendación 104.9.",
        "Бутан отказывается поддержать рекомендацию 104.9.",
        "不丹拒绝接受建议104.9。",
        "Le Bhoutan ne peut accepter la recommandation 104.9.",
        "Le Bhoutan n’est pas en mesure d’accepter la recommandation 104.9.",
        "Les recommandations 104.9 ne sont pas acceptées.",
        "Bhután no puede aceptar la recomendación 104.9.",
        "Bhután no está en condiciones de aceptar la recomendación 104.9.",
        "Бутан не может поддержать рекомендацию 104.9.",
        "Бутан не поддерживает рекомендацию 104.9.",
        "不丹无法接受建议104.9。",
        "不丹不能接受建议104.9。",
        "不丹不接受建议104.9。",
        "لا يمكن لبوتان قبول التوصية 104.9.",
        "لا تؤيد بوتان التوصية 104.9.",
        "لا تقبل بوتان التوصية 104.9.",
        "تحيط بوتان علماً بالتوصية 104.9.",
        "Bhutan is unable to support the following recommendations:\n104.9",
    ] {
        assert_eq!(
            all(text),
            ("104.9 noted".to_owned(), vec![], vec![]),
            "{text}"
        );
    }
}

#[test]
fn exceptions_are_not_answered_like_the_others() {
    for text in [
        "Bhutan supports all recommendations except 104.4 and 104.6, which it notes.",
        "Bhutan supports all recommendations, with the exception of 104.4 and 104.6, which are noted.",
        "Le Bhoutan accepte toutes les recommandations à l’exception des recommandations 104.4 et 104.6, dont il \
         prend note.",
        "Le Bhoutan accepte toutes les recommandations sauf 104.4 et 104.6, dont il prend note.",
        "Bhután acepta todas las recomendaciones salvo 104.4 y 104.6, de las que toma nota.",
        "Bhután acepta todas las recomendaciones, con excepción de 104.4 y 104.6, de las que toma nota.",
        "Бутан поддерживает все рекомендации, за исключением 104.4 и 104.6, которые он принимает к сведению.",
        "Бутан поддерживает все рекомендации, кроме 104.4 и 104.6, которые приняты к сведению.",
        "تؤيد بوتان جميع التوصيات باستثناء 104.4 و104.6 التي تحيط بها علماً.",
    ] {
        // The line answers others without their numbers, so it is named.
        let expected = "104.4 noted, 104.6 noted".to_owned();
        assert_eq!(all(text), (expected, vec![], vec![1]), "{text}");
    }
    for text in [
        "Bhutan supports all recommendations except 104.4 and 104.6.",
        "Bhutan accepts all but 104.4 and 104.6.",
        "With the exception of 104.4 and 104.6, Bhutan supports all recommendations.",
        "Bhután acepta todas las recomendaciones, excepto 104.4 y 104.6.",
        "除104.4和104.6外，不丹支持所有建议。",
        "不丹支持104.4和104.6以外的所有建议。",
    ] {
        let (told, asked, unread) = all(text);
        assert_eq!((told.as_str(), unread), ("", vec![1]), "{text}");
        assert_eq!(asked, ["104.4", "104.6"], "{text}");
    }
    let others = "104.1 supported, 104.2 supported, 104.3 supported, 104.5 supported";
    let text = "Bhutan supports 104.1 to 104.5, except 104.4.";
    assert_eq!(
        all(text),
        (others.to_owned(), vec!["104.4".to_owned()], vec![])
    );
    let text = "Bhutan supports 104.1 to 104.5, except 104.4, which is noted.";
    assert_eq!(
        all(text),
        (format!("{others}, 104.4 noted"), vec![], vec![])
    );
    let text = "Bhutan supports all recommendations except the following:\n104.4";
    assert_eq!(all(text), (String::new(), vec!["104.4".to_owned()], vec![]));
}

#[test]
fn all_but_some_are_resolved_where_the_numbers_are_known() {
    let numbers: Vec<Paragraph> = (1..=6)
        .filter_map(|number| Paragraph::parse(&format!("104.{number}")).ok())
        .collect();
    let read = |text: &str, numbers: &[Paragraph]| {
        let parsed = parse_with(text, numbers);
        let told = parsed.told().into_iter();
        let told: Vec<String> = told
            .map(|one| format!("{} {}", one.paragraph, one.class.code()))
            .collect();
        let asked = parsed.asked().into_iter();
        let asked: Vec<String> = asked.filter_map(|one| one.value).collect();
        let unread: Vec<u32> = parsed.unread.iter().map(|(row, _)| *row).collect();
        (told.join(", "), asked.join(", "), unread)
    };
    let others = "104.1 supported, 104.2 supported, 104.3 supported, 104.5 supported";
    for text in [
        "Bhutan supports all recommendations except 104.4 and 104.6, which it notes.",
        "Bhutan supports all 6 recommendations, with the exception of 104.4 and 104.6, which are noted.",
        "Le Bhoutan accepte toutes les recommandations sauf 104.4 et 104.6, dont il prend note.",
        "Bhután acepta todas las recomendaciones salvo 104.4 y 104.6, de las que toma nota.",
        "Бутан поддерживает все рекомендации, за исключением 104.4 и 104.6, которые он принимает к сведению.",
    ] {
        let (told, asked, unread) = read(text, &numbers);
        let noted = "104.4 noted, 104.6 noted";
        assert_eq!(told, format!("{noted}, {others}"), "{text}");
        assert_eq!((asked.as_str(), unread), ("", vec![]), "{text}");
    }
    for text in [
        "Bhutan supports all recommendations except 104.4 and 104.6.",
        "All recommendations except 104.4 (and 104.6) enjoy the support of Bhutan.",
        "With the exception of 104.4 and 104.6, Bhutan supports all recommendations.",
        "Bhutan accepts all but 104.4 and 104.6.",
        "除104.4和104.6外，不丹支持所有建议。",
    ] {
        let (told, asked, unread) = read(text, &numbers);
        assert_eq!(told, others, "{text}");
        assert_eq!((asked.as_str(), unread), ("104.4, 104.6", vec![]), "{text}");
    }
    // Which ones are meant is not certain.
    let mut two_lists = numbers.clone();
    two_lists.extend(Paragraph::parse("105.1").ok());
    for (text, numbers) in [
        ("Bhutan supports all recommendations except 104.4.", &[][..]),
        (
            "Bhutan supports all recommendations except 104.4.",
            &two_lists,
        ),
        (
            "Bhutan supports all recommendations except 104.9.",
            &numbers,
        ),
        (
            "Bhutan supports all 7 recommendations except 104.4.",
            &numbers,
        ),
        (
            "Bhutan supports all recommendations on women except 104.4.",
            &numbers,
        ),
        (
            "Bhutan supports all other recommendations except 104.4.",
            &numbers,
        ),
        (
            "Bhutan supports most recommendations except 104.4.",
            &numbers,
        ),
    ] {
        let (told, _, unread) = read(text, numbers);
        assert_eq!((told.as_str(), unread), ("", vec![1]), "{text}");
    }
    // What is said of one of them elsewhere is compared.
    let text = "Bhutan supports all recommendations except 104.4.\n104.5 Noted";
    let (told, ..) = read(text, &numbers);
    assert!(
        told.contains("104.5 noted") && told.contains("104.5 supported"),
        "{told}"
    );
}

#[test]
fn qualified_answers_are_read_by_the_rule_of_cells() {
    for text in [
        "Bhutan supports 104.9 in part.",
        "Bhutan supports in part recommendation 104.9.",
        "Recommendation 104.9 enjoys the partial support of Bhutan.",
        "104.9 is partially accepted.",
        "Le Bhoutan accepte partiellement la recommandation 104.9.",
        "Бутан частично поддерживает рекомендацию 104.9.",
    ] {
        let expected = "104.9 partially_supported".to_owned();
        assert_eq!(all(text), (expected, vec![], vec![]), "{text}");
    }
    for text in [
        "Bhutan supports 104.9 in principle.",
        "Bhutan supports in principle recommendation 104.9.",
        "While Bhutan supported 104.9 in 2019, it now takes note of it.",
        "Bhutan does not fully support 104.9.",
        "Bhutan is unable, for constitutional reasons, to support 104.9.",
        "None of 104.9 is supported.",
        "No recommendation among 104.9 is accepted.",
        "Bhutan supports 104.9 with reservations.",
        "Bhutan accepts 104.9, subject to the Constitution.",
        "Le Bhoutan ne refuse pas d’accepter la recommandation 104.9.",
        "لا تحظى التوصية 104.9 بتأييد بوتان.",
        "Bhutan, which has not ratified it, supports 104.9.",
        "Bhutan supports 104.9. Bhutan supports 104.9 in principle.",
        "Recommendations supported and noted by Bhutan:\n104.9",
    ] {
        let (told, asked, unread) = all(text);
        assert_eq!((told.as_str(), unread), ("", vec![]), "{text}");
        assert!(
            asked.iter().all(|one| one == "104.9") && !asked.is_empty(),
            "{text}"
        );
    }
}

#[test]
fn no_number_is_lost_unsaid() {
    for (text, expected) in [
        (
            "Bhutan notes the following recommendations (see also No. 104.1): 104.4, 104.6.",
            "104.4 noted, 104.6 noted",
        ),
        (
            "Bhutan accepts 7. Recommendations 104.4 and 104.6 are noted.",
            "104.4 noted, 104.6 noted",
        ),
        (
            "Bhutan supports 104.1; recommendations 104.4 and 104.6 are noted.",
            "104.1 supported, 104.4 noted, 104.6 noted",
        ),
        (
            "Bhutan supports 104.1. Recommendation 104.4 is noted",
            "104.1 supported, 104.4 noted",
        ),
        (
            "تحيط بوتان علماً بالتوصيات 104.4 و104.6.",
            "104.4 noted, 104.6 noted",
        ),
        (
            "Bhutan supports the following:\n(a) 104.1, on torture;\n(b) 104.2, on prisons;\n(c) 104.3.",
            "104.1 supported, 104.2 supported, 104.3 supported",
        ),
        (
            "Bhutan supports 104.1, while 104.4 is noted.",
            "104.1 supported, 104.4 noted",
        ),
        (
            "104.1. Accepted. 104.4. Noted.",
            "104.1 supported, 104.4 noted",
        ),
    ] {
        assert_eq!(all(text), (expected.to_owned(), vec![], vec![]), "{text}");
    }
    for text in [
        "The delegation discussed recommendation 104.4 with Norway.",
        "The reply to recommendation 104.4 was noted.",
        "Bhutan supports 104.1, and will consider 104.4.",
        "Recommendation 104.1 was accepted while 104.4 was not.",
        "Bhutan hopes to support 104.4.",
        "Bhutan supports 104.1, so that in the view of the Government and of all of its many partners there is \
         hardly a question about 104.4.",
    ] {
        assert_eq!(all(text).2, [1], "{text}");
    }
}

const TITLE: &str = "Views on conclusions and/or recommendations, voluntary commitments and replies presented by the State under review";

#[test]
fn an_answer_of_one_number_is_no_heading_of_later_ones() {
    // The line of 104.2 answers itself, so "Supported" answers nothing behind it.
    for text in [
        "104.1\nSupported\n104.2 Supported in part\n104.3 See 104.1.",
        "Supported\n104.2 Noted\n104.3 The bill is before parliament.",
    ] {
        let (told, _, _) = all(text);
        assert!(!told.contains("104.3"), "{text}: {told}");
    }
}

#[test]
fn answers_below_their_numbers_are_pairs() {
    let pairs = "104.1 supported, 104.2 noted, 104.3 partially_supported";
    for text in [
        format!("{TITLE}\n104.1\nSupported\n104.2\nNoted\n104.3\nSupported in part"),
        "Position of the\nState under review\n104.1\nSupported\n104.2\nNoted\n104.3\nSupported in part".to_owned(),
        "Bhutan has accepted many recommendations.\n104.1 Sign it (Chad)\nSupported\n104.2 Build it (Fiji)\nNoted\n\
         104.3\nOpen it\n(Mali)\nSupported in part"
            .to_owned(),
        "104.1\nBhutan supports this recommendation.\nA law is being drafted.\n104.2\nThis recommendation is noted.\n\
         104.3\nBhutan supports this recommendation in part."
            .to_owned(),
        "104.1 Sign it (Chad). Supported.\n104.2 Build it (Fiji). Bhutan notes this recommendation.\n104.3\nSupported \
         in part\nNoted in part"
            .to_owned(),
        "104.1\nLe Bhoutan accepte cette recommandation.\n104.2\nLe Bhoutan prend note de cette recommandation.\n104.3\n\
         Le Bhoutan accepte partiellement cette recommandation."
            .to_owned(),
        "104.1\nBhután acepta esta recomendación.\n104.2\nBhután toma nota de esta recomendación.\n104.3\nBhután \
         acepta parcialmente esta recomendación."
            .to_owned(),
        "Supported\n104.1 Sign it (Chad)\nNoted\n104.2 Build it (Fiji)\nSupported in part\n104.3 Open it (Mali)"
            .to_owned(),
    ] {
        let (told, asked, unread) = all(&text);
        assert_eq!((told.as_str(), asked, unread), (pairs, vec![], vec![]), "{text}");
        assert_eq!(wrong(&text), Vec::<String>::new(), "{text}");
    }
    for (text, told_of, asked_of) in [
        // Each answer could belong to the number above it or to the one below it.
        (
            "Supported\n104.1\nNoted\n104.2\nSupported",
            "",
            &["104.1", "104.2"][..],
        ),
        (
            "104.1\nSupported\n104.2\nNoted\n104.3",
            "",
            &["104.1", "104.2", "104.3"],
        ),
        (
            "Bhutan supports the following recommendations:\n104.1\nSupported\n104.2\nNoted",
            "104.1 supported",
            &["104.2"],
        ),
        (
            "104.1 Supported\nNoted\n104.2\n104.3",
            "",
            &["104.1", "104.1", "104.2", "104.3"],
        ),
        (
            "104.1 Supported\nBhutan cannot accept this recommendation.",
            "",
            &["104.1", "104.1"],
        ),
    ] {
        let (told, asked, _) = all(text);
        assert_eq!(
            (told.as_str(), asked.as_slice()),
            (
                told_of,
                asked_of
                    .iter()
                    .map(|one| (*one).to_owned())
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            "{text}"
        );
    }
}

#[test]
fn others_without_numbers_are_named_and_answer_nothing_above() {
    for (others, answers) in [
        (
            "All others are noted by Bhutan.",
            "Bhutan supports recommendations 104.1, 104.2.",
        ),
        (
            "The remaining recommendations are noted.",
            "Bhutan supports 104.1 and 104.2.",
        ),
        (
            "All other recommendations are noted.",
            "Bhutan supports 104.1 and 104.2.",
        ),
        ("The rest is noted.", "Bhutan supports 104.1 and 104.2."),
        (
            "Les autres recommandations sont notées.",
            "Le Bhoutan accepte 104.1 et 104.2.",
        ),
        (
            "Le Bhoutan prend note de toutes les autres.",
            "Le Bhoutan accepte 104.1 et 104.2.",
        ),
        (
            "Bhután toma nota de las demás.",
            "Bhután acepta 104.1 y 104.2.",
        ),
        (
            "Se toma nota de las restantes recomendaciones.",
            "Bhután acepta 104.1 y 104.2.",
        ),
        (
            "Бутан принимает к сведению все остальные.",
            "Бутан поддерживает 104.1 и 104.2.",
        ),
    ] {
        let expected = "104.1 supported, 104.2 supported";
        for text in [
            format!("{answers}\n{others}"),
            format!("{answers} {others}"),
        ] {
            let parsed = parse(&text);
            assert_eq!(told(&text), expected, "{text}");
            assert_eq!(parsed.others.len(), 1, "{text}");
            assert_eq!(parsed.asked(), [], "{text}");
        }
    }
    let text = "Bhutan supports 104.1 and 104.2, while all others are noted.";
    assert_eq!(told(text), "104.1 supported, 104.2 supported");
    assert_eq!(parse(text).others.len(), 1);
    let text = "104.1 Supported\n104.2 Supported\nBhutan supports all recommendations.";
    assert_eq!(told(text), "104.1 supported, 104.2 supported");
    assert_eq!(parse(text).others.len(), 1);
    let heading = "The remaining recommendations are noted:\n104.3";
    assert_eq!(told(heading), "104.3 noted");
    assert_eq!(parse(heading).others, []);
}

#[test]
fn numbers_that_a_sentence_refers_to_are_no_entries() {
    for text in [
        "Bhutan accepts 104.7 (see also 104.9 and para. 104.8).",
        "Bhutan accepts 104.7 (see paragraphs 104.9 and 104.8).",
        "Bhutan accepts 104.7 (for the reasons, see its replies to Nos. 104.9 and 104.8).",
        "Bhutan accepts 104.7 (cf. 104.9, 104.8).",
        "Bhutan accepts 104.7 (as in 104.9).",
        "Bhutan accepts 104.7, see paras. 104.9 and 104.8.",
        "Bhutan accepts 104.7. See also its answers to 104.9 and 104.8.",
        "104.7 Supported (see 104.9; also 104.8)",
        "Bhutan accepts 104.7, unlike 104.9.",
        "Bhutan accepts 104.7 rather than 104.9.",
        "Bhutan accepts 104.7, following 104.8.",
        "Bhutan accepts 104.7, bearing in mind its comments on 104.8.",
        "Le Bhoutan accepte 104.7, contrairement à 104.9.",
        "Le Bhoutan accepte 104.7 (voir aussi les paragraphes 104.9 et 104.8).",
        "Bhután acepta 104.7 (véanse también los párrafos 104.9 y 104.8).",
        "Бутан поддерживает 104.7 (см. также пункты 104.9 и 104.8).",
        "不丹接受建议104.7（另见104.9和104.8）。",
    ] {
        let expected = "104.7 supported".to_owned();
        assert_eq!(all(text), (expected, vec![], vec![]), "{text}");
    }
}

#[test]
fn totals_are_checked_and_nothing_is_filled_in() {
    let list = "List of accepted recommendations (3 in total)\n104.1, 104.2";
    assert_eq!(wrong(list), ["exchange-reply-total"]);
    assert_eq!(wrong(&list.replace('3', "2")), Vec::<String>::new());
    let counted = "List of accepted recommendations (2 in total)\n104.1, 104.2\n80 further recommendations were noted.";
    assert_eq!(wrong(counted), ["exchange-reply-counted-only"]);
    assert_eq!(told(counted), "104.1 supported, 104.2 supported");
    assert_eq!(
        wrong("104.7\n104.8 Supported"),
        ["exchange-reply-no-answer"]
    );
    assert_eq!(
        wrong("Bhutan supports 104.9–104.2."),
        ["exchange-reply-range"]
    );
}

#[test]
fn hostile_texts_cost_little() {
    for text in [
        "104.1,".repeat(100_000),
        "supports ".repeat(100_000),
        "1.1–1.999 ".repeat(10_000),
    ] {
        let parsed = parse(&text);
        assert!(parsed.entries.len() <= MAX_ENTRIES + 1);
    }
}
