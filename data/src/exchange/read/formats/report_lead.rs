//! The sentences above a report's recommendations, which say what became of those below.

use crate::domain::{Paragraph, PositionClass};
use crate::exchange::read::formats::reply_cues::{announces, others_at};
use crate::exchange::read::formats::reply_numbers::{ascii_digits, in_text};
use crate::exchange::read::values::cells::{one_line, shortened};
use crate::exchange::read::values::position_marks::{Mark, answer, is_divided, marks};
use crate::exchange::read::values::positions::Reading;

/// What a sentence says of the recommendations below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Lead {
    /// The position; anything but a class is asked about.
    pub(crate) answer: Reading,
    /// The sentence, shortened to 200 characters.
    pub(crate) raw: String,
    /// The language that it is in.
    pub(crate) language: &'static str,
    /// The recommendations that it excepts, with what it says of them.
    exceptions: Vec<(Paragraph, Reading)>,
}

impl Lead {
    fn of(
        language: &Language,
        text: &str,
        answer: Reading,
        exceptions: Vec<(Paragraph, Reading)>,
    ) -> Self {
        Self {
            answer,
            raw: shortened(text.trim_end_matches([':', '：', ' '])),
            language: language.code,
            exceptions,
        }
    }

    /// What it says of one of the recommendations below it.
    pub(crate) fn answer_to(&self, paragraph: &Paragraph) -> Reading {
        let mut exceptions = self.exceptions.iter();
        let exception = exceptions.find(|(one, _)| one == paragraph);
        exception.map_or(self.answer, |(_, answer)| *answer)
    }
}

/// A language of reports.
struct Language {
    /// Its code, BCP 47.
    code: &'static str,
    /// What sentences about recommendations hold, in lower case.
    stem: &'static str,
    /// Words that decide, in the order in which they do: a recommendation that "enjoys the support" of a
    /// State "which considers it already implemented" is the latter, and "do not enjoy the support" holds
    /// "enjoy the support".
    cues: &'static [(PositionClass, &'static [&'static str])],
}

/// The six languages that the United Nations publish reports in.
const LANGUAGES: [Language; 6] = [
    Language {
        code: "fr",
        stem: "recommandation",
        cues: &[
            (
                PositionClass::Pending,
                &[
                    "seront examinées",
                    "sera examinée",
                    "examinera",
                    "seront étudiées",
                    "répondra",
                    "donnera une réponse",
                    "fera connaître",
                ],
            ),
            (
                PositionClass::SupportedAsImplemented,
                &[
                    "déjà appliquées",
                    "déjà été appliquées",
                    "déjà mises en œuvre",
                    "déjà été mises en œuvre",
                    "déjà mises en oeuvre",
                    "en voie d'application",
                    "en cours d'application",
                    "en cours de mise en œuvre",
                    "en train d'être appliquées",
                ],
            ),
            (
                PositionClass::Noted,
                &[
                    "pris note",
                    "prend note",
                    "prises en note",
                    "pris acte",
                    "prend acte",
                    "n'ont pas recueilli",
                    "ne recueillent pas",
                    "n'ont pas été acceptées",
                    "ne bénéficient pas",
                    "ne sont pas acceptées",
                    "n'emportent pas",
                    "n'ont pas emporté",
                    "n'appuie pas",
                    "n'accepte pas",
                    "ne peut accepter",
                    "rejet",
                ],
            ),
            (
                PositionClass::PartiallySupported,
                &["partiellement", "en partie"],
            ),
            (
                PositionClass::Supported,
                &[
                    "recueillent",
                    "recueilli",
                    "bénéficient de l",
                    "bénéficient de son",
                    "bénéficié de l",
                    "emportent l",
                    "emporté l",
                    "emportent son",
                    "appuie",
                    "appuyées",
                    "souscrit",
                    "accept",
                ],
            ),
        ],
    },
    Language {
        code: "es",
        stem: "recomendaci",
        cues: &[
            (
                PositionClass::Pending,
                &[
                    "serán examinadas",
                    "serán estudiadas",
                    "examinará",
                    "estudiará",
                    "dará respuesta",
                    "responderá",
                ],
            ),
            (
                PositionClass::SupportedAsImplemented,
                &[
                    "ya aplicadas",
                    "ya se han aplicado",
                    "ya han sido aplicadas",
                    "ya se aplican",
                    "ya están aplicadas",
                    "en vías de aplicación",
                    "en proceso de aplicación",
                    "en curso de aplicación",
                    "se están aplicando",
                ],
            ),
            (
                PositionClass::Noted,
                &[
                    "tomado nota",
                    "toma nota",
                    "tomó nota",
                    "no cuentan con",
                    "no han contado con",
                    "no contaron con",
                    "no gozan del",
                    "no han recibido",
                    "no recibieron",
                    "no han sido aceptadas",
                    "no apoya",
                    "no acepta",
                    "no puede aceptar",
                    "rechaza",
                ],
            ),
            (
                PositionClass::PartiallySupported,
                &["parcialmente", "en parte"],
            ),
            (
                PositionClass::Supported,
                &[
                    "cuentan con",
                    "contaron con",
                    "han contado con",
                    "gozan del apoyo",
                    "han recibido el apoyo",
                    "recibieron el apoyo",
                    "reciben el apoyo",
                    "apoya",
                    "aceptadas",
                    "acepta",
                ],
            ),
        ],
    },
    Language {
        code: "en",
        stem: "recom",
        cues: &[
            (
                PositionClass::Pending,
                &[
                    "will be examined",
                    "shall be examined",
                    "would be examined",
                    "will provide responses",
                    "will provide a response",
                    "will respond",
                ],
            ),
            (
                PositionClass::SupportedAsImplemented,
                &[
                    "already implemented",
                    "process of implementation",
                    "being implemented",
                ],
            ),
            (
                PositionClass::Noted,
                &[
                    "not enjoy",
                    "not support",
                    "cannot accept",
                    "not accept",
                    "not be accepted",
                    "rejected",
                    "noted",
                    "takes note",
                    "took note",
                ],
            ),
            (
                PositionClass::PartiallySupported,
                &["support in part", "partial support", "partially", "partly"],
            ),
            (
                PositionClass::Supported,
                &["support", "accepted", "accepts"],
            ),
        ],
    },
    Language {
        code: "ru",
        stem: "рекомендац",
        cues: &[
            (
                PositionClass::Pending,
                &[
                    "будут рассмотрены",
                    "будут изучены",
                    "рассмотрит",
                    "изучит",
                    "представит ответ",
                    "даст ответ",
                ],
            ),
            (
                PositionClass::SupportedAsImplemented,
                &[
                    "уже выполнен",
                    "уже осуществлен",
                    "уже реализован",
                    "в процессе выполнения",
                    "в процессе осуществления",
                    "в процессе реализации",
                    "в стадии выполнения",
                    "в стадии осуществления",
                ],
            ),
            (
                PositionClass::Noted,
                &[
                    "к сведению",
                    "не пользуются поддержкой",
                    "не получили поддержк",
                    "не получают поддержк",
                    "не были поддержаны",
                    "не поддерж",
                    "не были приняты",
                    "не приня",
                    "не может принять",
                    "не принимает",
                    "отклон",
                    "отверг",
                ],
            ),
            (PositionClass::PartiallySupported, &["частично"]),
            (
                PositionClass::Supported,
                &["поддерж", "одобрен", "приняты", "принял", "принимает"],
            ),
        ],
    },
    Language {
        code: "ar",
        stem: "توصي",
        cues: &[
            (
                PositionClass::Pending,
                &[
                    "ستنظر",
                    "سينظر",
                    "سيجري النظر",
                    "ستدرس",
                    "سيدرس",
                    "ستبحث",
                    "سيبحث",
                    "ستقدم ردود",
                    "سيقدم ردود",
                    "سترد عليها",
                ],
            ),
            (
                PositionClass::SupportedAsImplemented,
                &[
                    "نفذت بالفعل",
                    "منفذة بالفعل",
                    "سبق تنفيذها",
                    "سبق أن نفذت",
                    "يجري تنفيذها",
                    "قيد التنفيذ",
                    "بصدد التنفيذ",
                ],
            ),
            (
                PositionClass::Noted,
                &[
                    // "Takes note" has the name of the State between its two words.
                    " علما",
                    "لم تحظ",
                    "لا تحظى",
                    "لم تؤيد",
                    "لا تؤيد",
                    "لم تقبل",
                    "لا تقبل",
                    "رفض",
                ],
            ),
            (PositionClass::PartiallySupported, &["جزئيا"]),
            (
                PositionClass::Supported,
                &[
                    "حظيت",
                    "تحظى",
                    "بتأييد",
                    "تأييد",
                    "أيدت",
                    "تؤيد",
                    "قبلت",
                    "تقبل",
                ],
            ),
        ],
    },
    Language {
        code: "zh",
        stem: "建议",
        cues: &[
            (
                PositionClass::Pending,
                &[
                    "将审议",
                    "将予以审议",
                    "将予审议",
                    "将加以审议",
                    "将由",
                    "将研究",
                    "将审查",
                    "将予以审查",
                    "作出答复",
                    "做出答复",
                    "作出回应",
                    "予以答复",
                ],
            ),
            (
                PositionClass::SupportedAsImplemented,
                &[
                    "已经落实",
                    "已落实",
                    "正在落实",
                    "已经执行",
                    "已得到执行",
                    "已得到落实",
                    "正在执行",
                    "已经实施",
                    "正在实施",
                ],
            ),
            (
                PositionClass::Noted,
                &[
                    "注意到",
                    "予以注意",
                    "得到注意",
                    "表示注意",
                    "未获",
                    "未得到",
                    "没有得到",
                    "不支持",
                    "不接受",
                    "未接受",
                    "未予接受",
                    "无法接受",
                    "不予接受",
                    "拒绝",
                ],
            ),
            (
                PositionClass::PartiallySupported,
                &["部分支持", "部分接受", "部分得到"],
            ),
            (PositionClass::Supported, &["支持", "赞同", "接受"]),
        ],
    },
];

/// What a sentence says; nothing if it is not about recommendations.
pub(crate) fn lead(sentence: &str) -> Option<Lead> {
    let text = one_line(sentence);
    let lower = compared(&text);
    // "Recom" begins the word in three languages, so English is looked for behind the others.
    let language = LANGUAGES
        .iter()
        .find(|language| lower.contains(language.stem))?;
    let divided = divided(language, &ascii_digits(&text.to_lowercase()));
    let (answer, exceptions) = match divided {
        Some((answer, exceptions)) => (answer, exceptions),
        None => (said(language, &text)?, Vec::new()),
    };
    Some(Lead::of(language, &text, answer, exceptions))
}

/// What a sentence says that announces what stands below it without the word "recommendations": "With the exception of
/// 104.2, the following enjoy the support of ...". Only certain phrases count here, since such a sentence may be about
/// anything.
pub(crate) fn lead_without_noun(sentence: &str) -> Option<Lead> {
    let text = one_line(sentence);
    let lower = compared(&text);
    if !text.ends_with([':', '：']) || !announces(&lower) {
        return None;
    }
    // "Accept" begins a word in several languages.
    let longest = |language: &Language| {
        let words = language.cues.iter().flat_map(|(_, words)| *words);
        let found = words.filter(|word| lower.contains(**word));
        found.map(|word| word.len()).max()
    };
    let found = LANGUAGES
        .iter()
        .filter_map(|one| Some((longest(one)?, one)));
    let (_, language) = found.max_by_key(|(length, _)| *length)?;
    let lower = ascii_digits(&text.to_lowercase());
    let (answer, exceptions) = match divided(language, &lower) {
        Some((answer, exceptions)) => (answer, exceptions),
        None => (answer(&marks(&lower, false).all)?, Vec::new()),
    };
    Some(Lead::of(language, &text, answer, exceptions))
}

/// What a part of a sentence says by the words of its language and the rule of cells.
fn said(language: &Language, text: &str) -> Option<Reading> {
    let lower = compared(text);
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let by_word = language.cues.iter().find(|(_, words)| says(words));
    let by_word = by_word.map(|(class, _)| *class);
    let mut text = text.to_lowercase();
    // "Приняты Фиджи к сведению": accepted for information, with the name of the State between the words.
    if language.code == "ru" && lower.contains("к сведению") {
        let words = text.split(' ').filter(|word| !word.starts_with("прин"));
        text = words.collect::<Vec<_>>().join(" ");
    }
    let marks = marks(&text, false).all;
    let said = corrected(by_word, answer(&marks))?;
    let is_part = said == Reading::Class(PositionClass::PartiallySupported);
    Some(if is_divided(&marks) && !is_part {
        Reading::Unknown
    } else {
        said
    })
}

/// A sentence that does not answer all recommendations alike: "except for 104.2, which is noted", "and the remaining
/// are noted". Of a part that is not clear, all are asked about.
fn divided(language: &Language, lower: &str) -> Option<(Reading, Vec<(Paragraph, Reading)>)> {
    let all = marks(lower, false).all;
    let part = |from: usize, to: usize| lower.get(from..to).unwrap_or_default();
    if let Some(exception) = all.iter().find(|mark| mark.is_exception()) {
        let numbers = in_text(part(exception.start, lower.len())).into_iter();
        let excepted: Vec<Paragraph> = numbers.flat_map(|one| one.paragraphs).collect();
        if excepted.is_empty() {
            return Some((Reading::Unknown, Vec::new()));
        }
        let behind: Vec<Mark> = all
            .iter()
            .copied()
            .filter(|mark| mark.start > exception.start && !mark.is_exception())
            .collect();
        let before = said(language, part(0, exception.start));
        let (main, other) = match (before, answer(&behind)) {
            (Some(main), other) => (main, other.unwrap_or(Reading::Unknown)),
            // "With the exception of 104.2, the recommendations below enjoy the support of ..."
            (None, Some(main)) => (main, Reading::Unknown),
            (None, None) => (Reading::Unknown, Reading::Unknown),
        };
        let exceptions = excepted.into_iter().map(|one| (one, other));
        return Some((main, exceptions.collect()));
    }
    let at = others_at(lower)?;
    let (before, behind) = (part(0, at), part(at, lower.len()));
    let main = said(language, before)?;
    let other = answer(&marks(behind, false).all)?;
    if main == other {
        return None;
    }
    let numbers = in_text(before).into_iter();
    let numbers: Vec<Paragraph> = numbers.flat_map(|one| one.paragraphs).collect();
    let answer = match (announces(before), announces(behind)) {
        (true, false) if numbers.is_empty() => main,
        (false, true) => other,
        _ => Reading::Unknown,
    };
    let exceptions = numbers.into_iter().map(|one| (one, main));
    Some((answer, exceptions.collect()))
}

/// The position that the words of sentences say, corrected by the rule of cells: a word of support may be denied or
/// limited.
fn corrected(by_word: Option<PositionClass>, by_rule: Option<Reading>) -> Option<Reading> {
    use PositionClass::{Noted, PartiallySupported, Supported};
    let answer = match (by_word, by_rule) {
        (Some(Supported), Some(rule)) => rule,
        (Some(PartiallySupported), Some(Reading::InPrinciple)) => Reading::InPrinciple,
        (Some(PartiallySupported), Some(Reading::Class(Noted))) => Reading::Unknown,
        (None, Some(Reading::Class(Noted))) => Reading::Class(Noted),
        (Some(class), _) => Reading::Class(class),
        (None, _) => return None,
    };
    Some(answer)
}

/// A sentence as its words are looked for: in lower case, with straight apostrophes, `е` for `ё`, and
/// without the vowel signs of Arabic.
fn compared(text: &str) -> String {
    let is_vowel = |c: &char| ('\u{64b}'..='\u{652}').contains(c) || *c == '\u{640}';
    let plain = |c: char| match c {
        '’' | 'ʼ' => '\'',
        'ё' => 'е',
        c => c,
    };
    text.to_lowercase()
        .chars()
        .filter(|c| !is_vowel(c))
        .map(plain)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class_of(answer: Reading) -> Option<PositionClass> {
        match answer {
            Reading::Class(class) => Some(class),
            _ => None,
        }
    }

    #[test]
    fn exceptions_and_others_are_not_answered_alike() {
        use PositionClass::{Noted, Supported};
        let answers = |text: &str| {
            let lead = lead(text).unwrap();
            ["104.1", "104.2"]
                .map(|number| class_of(lead.answer_to(&Paragraph::parse(number).unwrap())))
        };
        for text in [
            "The recommendations below enjoy the support of X, except for 104.2, which is noted:",
            "The recommendations listed below enjoy the support of X, with the exception of 104.2, which X notes:",
            "Les recommandations ci-après recueillent l’adhésion de X, à l’exception de la recommandation 104.2, dont il \
             prend note :",
            "Las siguientes recomendaciones cuentan con el apoyo de X, salvo la 104.2, de la que toma nota:",
        ] {
            assert_eq!(answers(text), [Some(Supported), Some(Noted)], "{text}");
        }
        for text in [
            "The recommendations below enjoy the support of X, with the exception of recommendation 104.2:",
            "With the exception of 104.2, the recommendations below enjoy the support of X:",
        ] {
            assert_eq!(answers(text), [Some(Supported), None], "{text}");
        }
        for (text, class) in [
            (
                "The following recommendations enjoy the support of X and the remaining are noted in paragraph 105:",
                Some(Supported),
            ),
            (
                "X supports many recommendations, and the other recommendations, listed below, are noted:",
                Some(Noted),
            ),
            ("X notes the remaining recommendations:", Some(Noted)),
            (
                "The recommendations below enjoy the support of X, except those on women:",
                None,
            ),
            (
                "The recommendations below enjoy the support of X, those in paragraph 105 are noted:",
                None,
            ),
            (
                "X supports the following recommendations, while those in paragraph 105 will be examined:",
                None,
            ),
        ] {
            assert_eq!(answers(text)[0], class, "{text}");
        }
        let text = "X supports 104.1, and the remaining recommendations below are noted:";
        assert_eq!(answers(text), [Some(Supported), Some(Noted)]);
    }

    #[test]
    fn sentences_without_the_word_are_understood_where_they_announce() {
        use PositionClass::{Noted, Supported};
        let answers = |text: &str| {
            let lead = lead_without_noun(text)?;
            let answer = |number| lead.answer_to(&Paragraph::parse(number).unwrap());
            Some((
                lead.language,
                class_of(answer("104.1")),
                class_of(answer("104.2")),
            ))
        };
        for (text, expected) in [
            (
                "With the exception of 104.2, the following enjoy the support of X:",
                ("en", Some(Supported), None),
            ),
            (
                "The following enjoy the support of X, except for 104.2, which is noted:",
                ("en", Some(Supported), Some(Noted)),
            ),
            (
                "The following are accepted by X:",
                ("en", Some(Supported), Some(Supported)),
            ),
            (
                "The following do not enjoy the support of X:",
                ("en", Some(Noted), Some(Noted)),
            ),
        ] {
            assert_eq!(lead(text), None, "{text}");
            assert_eq!(answers(text), Some(expected), "{text}");
        }
        for text in [
            "The following enjoy the support of X",
            "The following:",
            "Adopt the following measures to support women:",
            "The delegation thanked the following for their support:",
        ] {
            assert_eq!(answers(text), None, "{text}");
        }
    }

    #[test]
    fn sentences_are_understood() {
        let class = |text| class_of(lead(text)?.answer);
        let expected = [
            (
                "The following recommendations could not be supported by X:",
                PositionClass::Noted,
            ),
            (
                "X is unable to support the following recommendations:",
                PositionClass::Noted,
            ),
            (
                "The recommendations below have not received the support of X:",
                PositionClass::Noted,
            ),
            (
                "X declines the following recommendations:",
                PositionClass::Noted,
            ),
            (
                "X supports the following recommendations in part:",
                PositionClass::PartiallySupported,
            ),
            (
                "Le X n’est pas en mesure d’accepter les recommandations ci-après :",
                PositionClass::Noted,
            ),
            (
                "Las recomendaciones siguientes no pueden ser aceptadas por X:",
                PositionClass::Noted,
            ),
            (
                "X не может поддержать следующие рекомендации:",
                PositionClass::Noted,
            ),
            ("لا يمكن قبول التوصيات التالية:", PositionClass::Noted),
            ("某国不能支持以下建议：", PositionClass::Noted),
            (
                "The recommendations listed below have been examined by X and enjoy its support:",
                PositionClass::Supported,
            ),
            (
                "The recommendations below enjoy the support of X, which considers that they are \
                 already implemented or in the process of implementation:",
                PositionClass::SupportedAsImplemented,
            ),
            (
                "The following recommendations will be examined by X, which will provide responses \
                 in due time, but no later than the session:",
                PositionClass::Pending,
            ),
            (
                "The recommendations below did not enjoy the support of X and would thus be noted:",
                PositionClass::Noted,
            ),
            (
                "The recommendations were examined by X and have been noted by X:",
                PositionClass::Noted,
            ),
            (
                "Les recommandations ci-après recueillent l’appui de X:",
                PositionClass::Supported,
            ),
            (
                "Las recomendaciones siguientes cuentan con el apoyo de X:",
                PositionClass::Supported,
            ),
        ];
        for (text, expected) in expected {
            assert_eq!(class(text), Some(expected), "{text}");
        }
        let answer = |text| lead(text).map(|lead| lead.answer);
        for text in [
            "X supports in principle the following recommendations:",
            "The following recommendations are supported in principle by X:",
        ] {
            assert_eq!(answer(text), Some(Reading::InPrinciple), "{text}");
        }
        let unclear = "X does not fully support the following recommendations:";
        assert_eq!(answer(unclear), Some(Reading::Unknown));
        assert_eq!(class("Les recommandations ont été adoptées."), None);
        assert_eq!(class("The delegation noted progress."), None);
        assert_eq!(
            class("All recommendations reflect positions of States."),
            None
        );
    }

    #[test]
    fn sentences_in_the_six_languages_are_understood() {
        use PositionClass::{
            Noted, PartiallySupported, Pending, Supported, SupportedAsImplemented,
        };
        let expected = [
            (
                "fr",
                Supported,
                "Les recommandations formulées au cours du dialogue et énumérées ci-après ont été examinées par X et recueillent son adhésion :",
            ),
            (
                "fr",
                SupportedAsImplemented,
                "Les recommandations ci-après ont recueilli l’adhésion de X, qui considère qu’elles ont déjà été appliquées ou sont en voie d’application :",
            ),
            (
                "fr",
                Noted,
                "Les recommandations ci-après n’ont pas recueilli l’adhésion de X et ont donc été notées :",
            ),
            ("fr", Noted, "X a pris note des recommandations ci-après :"),
            (
                "fr",
                Pending,
                "Les recommandations ci-après seront examinées par X, qui y répondra en temps voulu :",
            ),
            (
                "fr",
                PartiallySupported,
                "X accepte partiellement les recommandations ci-après :",
            ),
            (
                "es",
                Supported,
                "Las recomendaciones que figuran a continuación han sido examinadas por X y cuentan con su apoyo:",
            ),
            (
                "es",
                Noted,
                "X ha tomado nota de las recomendaciones siguientes:",
            ),
            (
                "es",
                Noted,
                "Las recomendaciones siguientes no han contado con el apoyo de X:",
            ),
            (
                "es",
                Pending,
                "X examinará las recomendaciones siguientes, a las que dará respuesta a su debido tiempo:",
            ),
            (
                "es",
                SupportedAsImplemented,
                "Las recomendaciones siguientes cuentan con el apoyo de X, que considera que ya se han aplicado o están en vías de aplicación:",
            ),
            (
                "ru",
                Supported,
                "Рекомендации, сформулированные в ходе интерактивного диалога и перечисленные ниже, были рассмотрены X и пользуются её поддержкой:",
            ),
            (
                "ru",
                SupportedAsImplemented,
                "Нижеследующие рекомендации пользуются поддержкой X, которая считает, что они уже выполнены или находятся в процессе выполнения:",
            ),
            (
                "ru",
                Noted,
                "Нижеследующие рекомендации были приняты X к сведению:",
            ),
            (
                "ru",
                Noted,
                "Следующие рекомендации не получили поддержки X:",
            ),
            (
                "ru",
                Pending,
                "Следующие рекомендации будут рассмотрены X, которая представит ответы в надлежащее время:",
            ),
            ("ar", Supported, "حظيت التوصيات التالية بتأييد س:"),
            ("ar", Noted, "أحاطت س علماً بالتوصيات التالية:"),
            ("ar", Noted, "لم تحظ التوصيات التالية بتأييد س:"),
            (
                "ar",
                Pending,
                "ستنظر س في التوصيات التالية وستقدم ردوداً عليها في الوقت المناسب:",
            ),
            (
                "ar",
                SupportedAsImplemented,
                "حظيت التوصيات التالية بتأييد س التي ترى أنها نُفذت بالفعل أو يجري تنفيذها:",
            ),
            ("zh", Supported, "以下建议经某国审查并得到其支持："),
            ("zh", Noted, "某国注意到以下建议："),
            ("zh", Noted, "以下建议未获某国支持："),
            ("zh", Pending, "某国将审议以下建议，并在适当时候作出答复："),
            (
                "zh",
                SupportedAsImplemented,
                "以下建议得到某国支持，某国认为这些建议已经落实或正在落实：",
            ),
        ];
        for (language, class, text) in expected {
            let found = lead(text);
            let found = found
                .as_ref()
                .and_then(|lead| Some((lead.language, class_of(lead.answer)?)));
            assert_eq!(found, Some((language, class)), "{text}");
        }
    }
}
