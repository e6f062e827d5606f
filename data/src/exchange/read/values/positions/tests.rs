use super::*;

#[test]
fn positions_of_seven_languages_are_known() {
    use PositionClass::{
        Noted, PartiallySupported, Pending, Supported, SupportedAsImplemented, Unknown,
    };
    let expected = [
        ("Supported", Supported),
        ("Acceptée", Supported),
        ("ACEPTADA", Supported),
        ("Поддержана", Supported),
        ("Падтрымана", Supported),
        ("مقبولة", Supported),
        ("تحظى بالتأييد", Supported),
        ("接受", Supported),
        ("获得支持", Supported),
        ("Supports", Supported),
        ("Пользуется поддержкой Бутана", Supported),
        ("Pendiente de respuesta", Pending),
        ("Enjoys the support of Bhutan", Supported),
        ("Supported (A/HRC/56/9/Add.1)", Supported),
        ("Yes", Supported),
        ("Accepted in part", PartiallySupported),
        ("Supports in part", PartiallySupported),
        ("Supported in part, noted in part", PartiallySupported),
        ("Supported/Noted", PartiallySupported),
        ("Accepted / noted", PartiallySupported),
        ("Partially", PartiallySupported),
        ("Partiellement acceptee", PartiallySupported),
        ("Acceptée en partie", PartiallySupported),
        ("Apoyada parcialmente", PartiallySupported),
        ("Поддержана частично", PartiallySupported),
        ("Прынята часткова", PartiallySupported),
        ("مقبولة جزئياً", PartiallySupported),
        ("部分接受", PartiallySupported),
        ("Accepted (already implemented)", SupportedAsImplemented),
        (
            "Accepted and in the process of implementation",
            SupportedAsImplemented,
        ),
        (
            "Supported, considered as already implemented",
            SupportedAsImplemented,
        ),
        ("Already implemented", SupportedAsImplemented),
        ("Accepted, to be implemented", Supported),
        (
            "Partially supported, considered implemented",
            PartiallySupported,
        ),
        ("Supported (частично)", PartiallySupported),
        ("Supported 部分", PartiallySupported),
        ("Acceptée, déjà mise en œuvre", SupportedAsImplemented),
        ("Уже выполнена", SupportedAsImplemented),
        ("已落实", SupportedAsImplemented),
        ("Takes note", Noted),
        ("Notes", Noted),
        ("Does not support", Noted),
        ("Cannot support", Noted),
        ("Unable to accept", Noted),
        ("Refused", Noted),
        ("Not accepted", Noted),
        ("Noted / not supported", Noted),
        ("Does not enjoy the support", Noted),
        ("No", Noted),
        ("Prend note", Noted),
        ("N’accepte pas", Noted),
        ("Non acceptée", Noted),
        ("Toma nota", Noted),
        ("No aceptada", Noted),
        ("Не поддержана", Noted),
        ("Не пользуется поддержкой", Noted),
        ("Принято к сведению.", Noted),
        ("Отмечена", Noted),
        ("Прынята да ведама", Noted),
        ("أُحيط علماً بها", Noted),
        ("لا تحظى بالتأييد", Noted),
        ("غير مقبولة", Noted),
        ("注意到", Noted),
        ("未获得支持", Noted),
        ("无法接受", Noted),
        ("Under examination", Pending),
        ("Will be examined", Pending),
        ("Under consideration", Pending),
        ("Pendiente", Pending),
        ("À l’examen", Pending),
        ("Будет рассмотрена", Pending),
        ("Будзе разгледжана", Pending),
        ("قيد النظر", Pending),
        ("待审议", Pending),
        ("No response", Unknown),
        ("Sans réponse", Unknown),
        ("Sin respuesta", Unknown),
        ("Нет ответа", Unknown),
        ("Няма адказу", Unknown),
        ("لا رد", Unknown),
        ("未答复", Unknown),
        ("", Unknown),
    ];
    for (text, class) in expected {
        assert_eq!(position(text), Some(class), "{text}");
    }
    for text in [
        "Women",
        "2",
        "0",
        "1.0",
        "Implemented",
        "Not implemented",
        "To be implemented",
        "Accepted, partially implemented",
        "Accepted (implemented in part)",
        "Supported, in part already implemented",
        "Partially implemented",
        "Acceptée, partiellement mise en œuvre",
        "Принята, частично выполнена",
        "Accepted, not to be implemented",
        "Supported: no",
        "Supported: 0",
        "Accepted 50 %",
        "Supported (лишь)",
        "Supported 条件",
        "Pending ١",
        "Noted (2)",
        "Accepted or noted",
        "Supported by the opposition",
        "Accepted in principle",
        "Not noted",
        "Not fully supported",
        "Supported, to be examined",
        "Supported?",
        "Acceptée ?",
        "✓",
        "×",
        "?",
        "in",
        "the",
        "Norway",
    ] {
        assert_eq!(position(text), None, "{text}");
    }
}

#[test]
fn upr_info_counts_what_is_accepted_in_part_or_in_principle_as_noted() {
    for text in [
        "Accepted in principle",
        "Accepted in part",
        "Partially accepted",
    ] {
        assert_eq!(in_upr_info(text), Some(PositionClass::Noted), "{text}");
    }
    assert_eq!(in_upr_info("Accepted"), Some(PositionClass::Supported));
    assert_eq!(in_upr_info("2"), None);
}

#[test]
fn what_is_asked_says_why() {
    let key = |cell| no_position(cell).key;
    assert_eq!(key("2"), "exchange-position-number");
    assert_eq!(
        key("Accepted in principle"),
        "exchange-position-in-principle"
    );
    assert_eq!(key("perhaps"), "exchange-unknown-position");
}
