//! Positions as tables write them, in the languages of the United Nations and in Belarusian.
//!
//! A cell is taken apart into the phrases that are known, and every word of it has to belong to one: of
//! "Supported in part, noted in part" all is understood, of "Supported by the opposition" it is not, and
//! the row is asked about. What the phrases say together is one class:
//!
//! - supported and noted, or supported in part: partially supported;
//! - supported and already implemented, or being implemented: supported as implemented;
//! - not supported, or rejected: noted, which is how resolution 5/1 has it;
//! - to be examined, under consideration: pending; no response: unknown;
//! - supported "in principle": none. UPR Info counts it as noted ([`in_upr_info`]); elsewhere a person
//!   has to say what it counts as. The same goes for numbers, whose meaning each file makes up.

use crate::domain::states::{fold, named, nearest_spelling};
use crate::domain::{Message, PositionClass};
use crate::exchange::read::values::cells::shortened;
use crate::exchange::read::values::plain::is_empty_word;
use crate::exchange::read::values::status_words::is_question;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a phrase says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Said {
    Supported,
    /// The next phrase is denied.
    Not,
    Rejected,
    Noted,
    InPart,
    InPrinciple,
    /// Implemented already, or being implemented.
    Implemented,
    /// "Implemented", which alone is a status and no position.
    AsImplemented,
    Pending,
    NoResponse,
    /// "Fully", which denied is nothing clear.
    Fully,
    /// What follows is not answered alike.
    Except,
    /// A denial of something other than support, so that nothing is certain.
    Unclear,
    /// Nothing by itself.
    Filler,
}

/// Longer cells are sentences.
const MAX_CELL: usize = 300;
/// How alike an inflected name is to the name.
const INFLECTED: f64 = 0.75;
/// Words of a cell that are compared with every State's name.
const MAX_SEARCHES: u32 = 2;
/// The most words of a phrase.
pub(super) const MAX_PHRASE: usize = 8;

const PHRASES: [(Said, &[&str]); 14] = [
    (
        Said::Supported,
        &[
            "receive the support",
            "received the support",
            "receives the support",
            "have the support",
            "has the support",
            "had the support",
            "enjoys its support",
            "enjoy its support",
            "enjoyed its support",
            "accepter",
            "acceptons",
            "acceptent",
            "appuyer",
            "appuient",
            "appuyons",
            "soutenir",
            "soutiennent",
            "soutenons",
            "souscrire à",
            "souscrire aux",
            "souscrit aux",
            "souscrivent à",
            "adhérer à",
            "adhérer aux",
            "adhère aux",
            "approuver",
            "recueillent son appui",
            "recueillent son adhésion",
            "recueille son appui",
            "recueille son adhésion",
            "recueilli son appui",
            "recueilli son adhésion",
            "bénéficier de l'appui",
            "bénéficient de son appui",
            "bénéficie de son appui",
            "aceptar",
            "aceptamos",
            "aceptan",
            "apoyar",
            "apoyamos",
            "apoyan",
            "respaldar",
            "respalda",
            "respaldan",
            "respaldadas",
            "contar con el apoyo",
            "han recibido el apoyo",
            "reciben el apoyo",
            "recibieron el apoyo",
            "contaron con el apoyo",
            "contado con el apoyo",
            "cuentan con su apoyo",
            "поддержал",
            "поддержала",
            "поддержали",
            "поддерживают",
            "принял",
            "приняла",
            "приняли",
            "принимают",
            "принимаем",
            "получают поддержку",
            "получает поддержку",
            "одобрены",
            "одобряет",
            "أيدت",
            "تأييدها",
            "تأييده",
            "قبولها",
            "تقبلها",
            "تؤيدها",
            "يقبل",
            "يؤيد",
            "نقبل",
            "بتأييد",
            "قبلتها",
            "أيدتها",
            "support",
            "supports",
            "supported",
            "accept",
            "accepts",
            "accepted",
            "agrees",
            "agreed",
            "agree",
            "enjoys the support",
            "enjoy the support",
            "enjoys support",
            "enjoyed the support",
            "enjoying the support",
            "endorsed",
            "approved",
            "accepte",
            "acceptée",
            "accepté",
            "acceptées",
            "acceptés",
            "appuie",
            "appuyée",
            "appuyé",
            "appuyées",
            "soutient",
            "soutenue",
            "soutenu",
            "soutenues",
            "approuvée",
            "approuvées",
            "recueille l'appui",
            "recueillent l'appui",
            "recueille l'adhésion",
            "recueillent l'adhésion",
            "recueilli l'appui",
            "recueilli l'adhésion",
            "bénéficie de l'appui",
            "bénéficient de l'appui",
            "souscrit à",
            "adhère à",
            "acepta",
            "aceptada",
            "aceptado",
            "aceptadas",
            "aceptados",
            "apoya",
            "apoyada",
            "apoyado",
            "apoyadas",
            "cuenta con el apoyo",
            "cuentan con el apoyo",
            "goza del apoyo",
            "gozan del apoyo",
            "respaldada",
            "respaldado",
            "cuenta con su apoyo",
            "поддержана",
            "поддержано",
            "поддержаны",
            "поддержать",
            "поддерживает",
            "поддерживается",
            "поддерживаются",
            "поддерживаем",
            "принята",
            "принято",
            "приняты",
            "принимает",
            "принимается",
            "принимаются",
            "принять",
            "пользуется поддержкой",
            "пользуются поддержкой",
            "одобрена",
            "одобрено",
            "получила поддержку",
            "получили поддержку",
            "падтрымана",
            "падтрыманы",
            "падтрымліваецца",
            "падтрымлівае",
            "прынята",
            "прынятая",
            "прынятыя",
            "прымаецца",
            "карыстаецца падтрымкай",
            "ухвалена",
            "падтрыманая",
            "مقبولة",
            "مقبول",
            "مؤيدة",
            "قبلت",
            "قبول",
            "تحظى بالتأييد",
            "تحظى بتأييد",
            "تحظ بالتأييد",
            "تحظ بتأييد",
            "حظيت بالتأييد",
            "حظيت بتأييد",
            "تؤيد",
            "نؤيد",
            "تقبل",
            "نالت التأييد",
            "تأييد",
            "تم تأييدها",
            "تم قبولها",
            "接受",
            "支持",
            "获得支持",
            "得到支持",
            "获支持",
            "赞同",
            "同意",
            "予以接受",
            "予以支持",
        ],
    ),
    (
        Said::Not,
        &[
            "unable",
            "impossible",
            "not possible",
            "failed",
            "fails",
            "fail",
            "refrain",
            "refrains",
            "withholds",
            "withhold",
            "without",
            "none",
            "none of",
            "no recommendation",
            "no recommendations",
            "refuse d'",
            "refuse de",
            "s'abstient de",
            "aucune",
            "aucune des",
            "aucune de",
            "impossible de",
            "sans",
            "se niega a",
            "se niega",
            "rehúsa",
            "se abstiene de",
            "imposible",
            "ninguna",
            "ninguna de",
            "sin",
            "ningún",
            "невозможно",
            "не смог",
            "не смогла",
            "не смогло",
            "ни одна",
            "ни одна из",
            "без",
            "отказывается",
            "отказался",
            "отказалась",
            "ليس من الممكن",
            "يستحيل",
            "بدون",
            "دون",
            "neither",
            "nor",
            "is unable to",
            "are unable to",
            "was unable to",
            "would not",
            "would not be able to",
            "will not be able to",
            "not able to",
            "not ready to",
            "not prepared to",
            "not in position to",
            "declines to",
            "cannot be",
            "could not be",
            "shall not",
            "may not",
            "never",
            "n'est pas en mesure de",
            "n'est pas en mesure d'",
            "n'étant pas en mesure de",
            "ne sont pas en mesure de",
            "ne sont pas en mesure d'",
            "ne peuvent",
            "ne peuvent pas",
            "ne saurait",
            "ne sauraient",
            "n'est pas disposé à",
            "n'est pas prêt à",
            "n'est pas à même de",
            "ne peut être",
            "ne peuvent être",
            "ni",
            "no pueden",
            "no está en situación de",
            "no está en posición de",
            "no están en condiciones de",
            "no se encuentra en condiciones de",
            "no puede ser",
            "no pueden ser",
            "no son",
            "no han sido",
            "no fueron",
            "не могут",
            "не готов",
            "не готова",
            "не готово",
            "не намерен",
            "не намерена",
            "не имеет возможности",
            "не были",
            "не будет",
            "не считает возможным",
            "не представляется возможным",
            "لا تستطيع",
            "لا يستطيع",
            "ليس في وسع",
            "ليس بوسع",
            "ليس بإمكان",
            "لا يمكنها",
            "لا يمكنه",
            "لا يسعها",
            "ليست في وضع يسمح لها",
            "غير قادرة على",
            "لم يتم",
            "لا يتم",
            "تعذر",
            "يتعذر",
            "不会",
            "不可",
            "未被",
            "未获得",
            "不得",
            "并未",
            "并不",
            "难以",
            "无法予以",
            "不能予以",
            "not",
            "cannot",
            "can not",
            "does not",
            "do not",
            "did not",
            "is not",
            "are not",
            "could not",
            "unable to",
            "not in a position to",
            "is not in a position to",
            "refuses to",
            "doesn't",
            "can't",
            "won't",
            "isn't",
            "will not",
            "n",
            "ne",
            "pas",
            "non",
            "n'est pas",
            "ne peut pas",
            "ne peut",
            "n'a pas",
            "n'ont pas",
            "ne sont pas",
            "pas en mesure d'",
            "pas en mesure de",
            "no",
            "no puede",
            "no se puede",
            "no es",
            "no ha sido",
            "no está en condiciones de",
            "не",
            "не может",
            "не может быть",
            "не могут быть",
            "не в состоянии",
            "не была",
            "не было",
            "не можа",
            "не можа быць",
            "не была",
            "لا",
            "غير",
            "لم",
            "لن",
            "ليست",
            "ليس",
            "لا يمكن",
            "不",
            "未",
            "未能",
            "没有",
            "无法",
            "不能",
            "不予",
            "未予",
        ],
    ),
    (
        Said::Rejected,
        &[
            "拒绝接受",
            "拒绝支持",
            "refuse d'accepter",
            "отказывается принять",
            "отказывается поддержать",
            "decline",
            "declining",
            "refusing",
            "rejecting",
            "does not agree",
            "décline",
            "refusent",
            "rejettent",
            "rechazar",
            "rechazan",
            "отклоняет",
            "отклоняют",
            "отклонил",
            "отклонила",
            "отклонили",
            "отвергает",
            "отвергают",
            "отвергнуты",
            "rejected",
            "rejects",
            "reject",
            "refused",
            "refuses",
            "declined",
            "declines",
            "disagreed",
            "disagrees",
            "opposed",
            "unsupported",
            "unaccepted",
            "unacceptable",
            "rejetée",
            "rejeté",
            "rejetées",
            "rejette",
            "refusée",
            "refusé",
            "refusées",
            "refuse",
            "rechazada",
            "rechazado",
            "rechazadas",
            "rechaza",
            "denegada",
            "отклонена",
            "отклонено",
            "отклонены",
            "отклоняется",
            "отвергнута",
            "отвергнуто",
            "адхілена",
            "адхілены",
            "адхіляецца",
            "адхіленая",
            "مرفوضة",
            "مرفوض",
            "رفضت",
            "رفض",
            "ترفض",
            "拒绝",
            "否决",
            "不接受",
            "不支持",
            "不赞同",
            "不同意",
            "未获支持",
            "未获接受",
            "未接受",
        ],
    ),
    (
        Said::Noted,
        &[
            "notons",
            "prenons acte",
            "prennent acte",
            "tomamos nota",
            "toman nota",
            "tomaron nota",
            "принял к сведению",
            "приняла к сведению",
            "приняли к сведению",
            "принимают к сведению",
            "принимаем к сведению",
            "علما",
            "اطلعت على",
            "noted",
            "note",
            "notes",
            "takes note",
            "take note",
            "took note",
            "taken note of",
            "takes note of",
            "take note of",
            "took note of",
            "duly noted",
            "notée",
            "noté",
            "notées",
            "notés",
            "prend note",
            "prennent note",
            "prend note de",
            "pris note",
            "prise en note",
            "prises en note",
            "prend acte",
            "pris acte",
            "a pris note",
            "il est pris note",
            "prenons note",
            "anotada",
            "anotado",
            "anotadas",
            "toma nota",
            "toma nota de",
            "se toma nota",
            "tomada nota",
            "tomado nota",
            "tomó nota",
            "tomadas nota",
            "ha tomado nota",
            "tomar nota",
            "отмечена",
            "отмечено",
            "отмечены",
            "отмечается",
            "принимается к сведению",
            "принимаются к сведению",
            "принимает к сведению",
            "принята к сведению",
            "принято к сведению",
            "приняты к сведению",
            "принять к сведению",
            "к сведению",
            "адзначана",
            "адзначаны",
            "прынята да ведама",
            "прынятая да ведама",
            "прымаецца да ведама",
            "прынятыя да ведама",
            "прыняты да ведама",
            "да ведама",
            "أحيط علما",
            "أحيط علما بها",
            "أحيط بها علما",
            "أحاطت علما",
            "أحاطت علما بها",
            "تحيط علما",
            "تحيط علما بها",
            "محاط بها علما",
            "أخذ علما",
            "أخذ علما بها",
            "أخذت علما",
            "أخذت علما بها",
            "علم بها",
            "محاطة علما",
            "الإحاطة علما",
            "أخذ العلم",
            "注意到",
            "已注意到",
            "予以注意",
            "表示注意到",
            "表示注意",
            "备悉",
            "知悉",
        ],
    ),
    (
        Said::InPart,
        &[
            "en partie seulement",
            "на частичной основе",
            "in part",
            "partially",
            "partly",
            "partial",
            "partial support",
            "part",
            "partiellement",
            "partielle",
            "partiel",
            "en partie",
            "parcialmente",
            "parcial",
            "en parte",
            "частично",
            "частичная",
            "частичной",
            "отчасти",
            "в части",
            "часткова",
            "збольшага",
            "جزئيا",
            "جزئي",
            "بشكل جزئي",
            "جزئية",
            "部分",
            "部分地",
        ],
    ),
    (
        Said::InPrinciple,
        &[
            "in principle",
            "en principe",
            "de principe",
            "sur le principe",
            "en principio",
            "в принципе",
            "у прынцыпе",
            "من حيث المبدأ",
            "مبدئيا",
            "原则上",
        ],
    ),
    (
        Said::Implemented,
        &[
            "already implemented",
            "already been implemented",
            "being implemented",
            "in the process of implementation",
            "in process of implementation",
            "in the process of being implemented",
            "under implementation",
            "is being implemented",
            "in implementation",
            "currently being implemented",
            "already in place",
            "déjà appliquée",
            "déjà appliquées",
            "déjà mise en oeuvre",
            "déjà mises en oeuvre",
            "déjà exécutée",
            "déjà réalisée",
            "en cours de mise en oeuvre",
            "en cours d'application",
            "en cours d'exécution",
            "en cours de réalisation",
            "ya aplicada",
            "ya aplicadas",
            "ya implementada",
            "ya implementadas",
            "ya cumplida",
            "ya se ha aplicado",
            "en proceso de aplicación",
            "en proceso de implementación",
            "en vías de aplicación",
            "en curso de aplicación",
            "en proceso de ejecución",
            "уже выполнена",
            "уже выполнены",
            "уже выполняется",
            "уже осуществлена",
            "уже осуществлены",
            "уже реализована",
            "уже осуществляется",
            "выполняется",
            "осуществляется",
            "осуществляются",
            "реализуется",
            "в процессе осуществления",
            "в процессе выполнения",
            "в процессе реализации",
            "в стадии осуществления",
            "находится в процессе осуществления",
            "ужо выканана",
            "ужо выкананая",
            "ужо ажыццёўлена",
            "выконваецца",
            "ажыццяўляецца",
            "у працэсе выканання",
            "у працэсе ажыццяўлення",
            "نفذت بالفعل",
            "منفذة بالفعل",
            "قيد التنفيذ",
            "تم تنفيذها",
            "تم تنفيذها بالفعل",
            "نفذت",
            "يجري تنفيذها",
            "في طور التنفيذ",
            "已落实",
            "已经落实",
            "正在落实",
            "已执行",
            "已经执行",
            "正在执行",
            "已实施",
            "正在实施",
            "落实中",
            "执行中",
        ],
    ),
    (
        Said::AsImplemented,
        &[
            "implemented",
            "appliquée",
            "mise en oeuvre",
            "aplicada",
            "implementada",
            "выполнена",
            "осуществлена",
            "выканана",
        ],
    ),
    (
        Said::Pending,
        &[
            "pending",
            "under consideration",
            "under examination",
            "under review",
            "under study",
            "will be examined",
            "shall be examined",
            "would be examined",
            "to be examined",
            "being examined",
            "will be considered",
            "to be considered",
            "being considered",
            "will be reviewed",
            "deferred",
            "postponed",
            "to be determined",
            "tbd",
            "awaiting response",
            "awaiting reply",
            "response pending",
            "pending response",
            "to be answered",
            "will be answered",
            "will respond",
            "will provide a response",
            "will provide responses",
            "response awaited",
            "not yet answered",
            "no position yet",
            "to be decided",
            "en suspens",
            "en attente",
            "à l'examen",
            "à l'étude",
            "sera examinée",
            "seront examinées",
            "sera examiné",
            "en cours d'examen",
            "différée",
            "réponse en attente",
            "à examiner",
            "reportée",
            "pendiente",
            "pendientes",
            "pendiente de respuesta",
            "pendiente de examen",
            "en attente de réponse",
            "ожидается ответ",
            "en examen",
            "en estudio",
            "será examinada",
            "serán examinadas",
            "se examinará",
            "se examinarán",
            "aplazada",
            "por examinar",
            "en consideración",
            "будет рассмотрена",
            "будет рассмотрено",
            "будут рассмотрены",
            "на рассмотрении",
            "рассматривается",
            "рассматриваются",
            "подлежит рассмотрению",
            "изучается",
            "отложена",
            "отложено",
            "находится на рассмотрении",
            "ожидает ответа",
            "будет изучена",
            "на разглядзе",
            "разглядаецца",
            "будзе разгледжана",
            "будуць разгледжаны",
            "адкладзена",
            "чакае адказу",
            "قيد النظر",
            "قيد الدراسة",
            "قيد البحث",
            "ستدرس",
            "سينظر فيها",
            "سيتم النظر فيها",
            "سيجري النظر فيها",
            "معلقة",
            "سيتم بحثها",
            "مؤجلة",
            "审议中",
            "待定",
            "正在审议",
            "将予审议",
            "将予以审议",
            "待审议",
            "将审议",
            "待审查",
            "审查中",
            "将进行审议",
            "研究中",
            "推迟",
        ],
    ),
    (
        Said::NoResponse,
        &[
            "no response",
            "no answer",
            "no reply",
            "not answered",
            "unanswered",
            "no position",
            "no clear response",
            "no clear answer",
            "without response",
            "no response given",
            "no response provided",
            "unknown",
            "unclear",
            "general response",
            "sans réponse",
            "pas de réponse",
            "aucune réponse",
            "réponse inconnue",
            "sin respuesta",
            "no hay respuesta",
            "no respondida",
            "ninguna respuesta",
            "нет ответа",
            "без ответа",
            "ответ не дан",
            "ответа нет",
            "ответ отсутствует",
            "няма адказу",
            "без адказу",
            "لا رد",
            "بدون رد",
            "دون رد",
            "لم يرد",
            "لا يوجد رد",
            "لا جواب",
            "未回复",
            "未答复",
            "未回应",
            "无回应",
            "没有回应",
            "无答复",
            "没有答复",
        ],
    ),
    (
        Said::Fully,
        &[
            "fully",
            "full",
            "entièrement",
            "pleinement",
            "plenamente",
            "totalmente",
            "полностью",
            "цалкам",
            "بالكامل",
            "كليا",
            "全部",
            "完全",
        ],
    ),
    (
        Said::Unclear,
        &[
            "with reservations",
            "with reservation",
            "with a reservation",
            "subject to",
            "the spirit of",
            "spirit",
            "the objective of",
            "the objectives of",
            "the intent of",
            "the aim of",
            "conditionally",
            "if",
            "avec réserve",
            "avec réserves",
            "avec des réserves",
            "sous réserve",
            "l'esprit de",
            "l'objectif de",
            "con reserva",
            "con reservas",
            "el espíritu de",
            "с оговорками",
            "с оговоркой",
            "при условии",
            "مع التحفظ",
            "بتحفظ",
            "مع تحفظات",
            "有保留",
        ],
    ),
    (
        Said::Except,
        &[
            "all but",
            "toutes sauf",
            "todas menos",
            "menos",
            "except",
            "except for",
            "excepting",
            "excluding",
            "exception",
            "exceptions",
            "with the exception of",
            "apart from",
            "other than",
            "save for",
            "barring",
            "à l'exception de",
            "à l'exception du",
            "à l'exception des",
            "à l'exclusion de",
            "à l'exclusion des",
            "sauf",
            "hormis",
            "excepté",
            "salvo",
            "excepto",
            "excepción",
            "con excepción de",
            "con la excepción de",
            "a excepción de",
            "exceptuando",
            "за исключением",
            "кроме",
            "исключая",
            "помимо",
            "باستثناء",
            "ما عدا",
            "عدا",
            "فيما عدا",
            "سوى",
            "除",
            "除了",
            "以外",
            "之外",
        ],
    ),
    (
        Said::Filler,
        &[
            // The State, whose review is no answer.
            "state under review",
            "states under review",
            // What is still to be done says nothing of the position.
            "to be implemented",
            "to be fully implemented",
            "to be further implemented",
            "to be gradually implemented",
            "to be progressively implemented",
            "country under review",
            "countries under review",
            "état examiné",
            "état à l'examen",
            "état soumis à l'examen",
            "état faisant l'objet de l'examen",
            "estado examinado",
            "estado en examen",
            "estado objeto de examen",
            "estado sometido a examen",
            "الدولة قيد الاستعراض",
            "الدولة موضوع الاستعراض",
            "接受审议国",
            "接受审议的国",
            "受审议国",
            "the",
            "of",
            "by",
            "and",
            "as",
            "a",
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "has",
            "have",
            "it",
            "its",
            "this",
            "recommendation",
            "recommendations",
            "state",
            "government",
            "but",
            "in",
            "to",
            "considered",
            "therefore",
            "thus",
            "position",
            "response",
            "with",
            "which",
            "enjoys",
            "enjoy",
            "official",
            "la",
            "le",
            "les",
            "est",
            "sont",
            "a",
            "été",
            "et",
            "de",
            "du",
            "des",
            "d",
            "l",
            "en",
            "recommandation",
            "recommandations",
            "cette",
            "état",
            "peut",
            "être",
            "mais",
            "comme",
            "il",
            "el",
            "los",
            "las",
            "es",
            "son",
            "ha",
            "han",
            "sido",
            "y",
            "del",
            "su",
            "por",
            "recomendación",
            "recomendaciones",
            "estado",
            "se",
            "pero",
            "está",
            "рекомендация",
            "рекомендации",
            "и",
            "государством",
            "государства",
            "была",
            "были",
            "было",
            "эта",
            "но",
            "быть",
            "является",
            "рэкамендацыя",
            "рэкамендацыі",
            "дзяржавай",
            "і",
            "была",
            "але",
            "التوصية",
            "هذه",
            "هذه التوصية",
            "الدولة",
            "و",
            "على",
            "بها",
            "من",
            "已",
            "了",
            "该",
            "建议",
            "该建议",
            "的",
            "予以",
            "并",
            "和",
        ],
    ),
];

/// Whole cells that say something by a word that says nothing within others.
const WHOLE: [(PositionClass, &[&str]); 2] = [
    (
        PositionClass::Supported,
        &["yes", "oui", "sí", "да", "так", "نعم", "是"],
    ),
    (PositionClass::Noted, &["no", "non", "нет", "не", "لا", "否"]),
];

pub(super) static KNOWN: LazyLock<HashMap<String, Said>> = LazyLock::new(|| {
    let phrases = PHRASES.iter().rev();
    phrases
        .flat_map(|(said, phrases)| {
            phrases
                .iter()
                .map(|phrase| (words(phrase).join(" "), *said))
        })
        .collect()
});

/// The words of a text as they are compared. Chinese is written without blanks, so each of its characters
/// is a word here.
pub(super) fn words(text: &str) -> Vec<String> {
    // An apostrophe ends a word: "l’appui", "doesn't".
    let apart: String = text
        .chars()
        .flat_map(|c| match c {
            '\'' | '’' | '‘' => vec![' '],
            '\u{4e00}'..='\u{9fff}' => vec![' ', c, ' '],
            _ => vec![c],
        })
        .collect();
    // Folding drops a leading "the", which is a filler.
    fold(&apart).split_whitespace().map(str::to_owned).collect()
}

/// The phrases of a cell; none if a word belongs to no phrase. A State's name is a filler, as in "enjoys
/// the support of Bhutan".
fn said(cell: &str) -> Option<Vec<Said>> {
    let without_symbols: Vec<&str> = cell
        .split_whitespace()
        .filter(|word| !word.contains("A/HRC/"))
        .collect();
    let words = words(&without_symbols.join(" "));
    let mut rest = words.as_slice();
    let mut said = Vec::new();
    let mut searches = MAX_SEARCHES;
    while !rest.is_empty() {
        let longest = rest.len().min(MAX_PHRASE);
        let found = (1..=longest).rev().find_map(|count| {
            let (phrase, behind) = rest.split_at_checked(count)?;
            let phrase = phrase.join(" ");
            let known = KNOWN.get(&phrase).copied();
            let known = known.or_else(|| is_state(&phrase, &mut searches).then_some(Said::Filler));
            Some((known?, behind))
        });
        let (one, behind) = found?;
        rest = behind;
        said.push(one);
    }
    Some(said)
}

/// Whether a phrase is a State's name, or nearly one in a language that inflects names: "пользуется
/// поддержкой Бутана".
fn is_state(phrase: &str, searches: &mut u32) -> bool {
    if named(phrase).is_some() {
        return true;
    }
    let is_word = !phrase.is_ascii() && !phrase.contains(' ');
    if !is_word || *searches == 0 {
        return false;
    }
    *searches -= 1;
    nearest_spelling(phrase).is_some_and(|(_, alike)| alike >= INFLECTED)
}

/// What a cell or a sentence says: a class, "in principle", or nothing that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reading {
    Class(PositionClass),
    InPrinciple,
    Unknown,
}

fn reading(cell: &str) -> Reading {
    let cell = cell.trim();
    // "Supported?" and a tick say something, but not what.
    let is_mark = |cell: &str| !cell.is_empty() && !cell.contains(char::is_alphanumeric);
    if is_question(cell) || is_mark(cell) && !is_empty_word(cell) {
        return Reading::Unknown;
    }
    if let Some(class) = PositionClass::from_source(cell) {
        return Reading::Class(class);
    }
    if is_empty_word(cell) {
        return Reading::Class(PositionClass::Unknown);
    }
    if cell.len() > MAX_CELL {
        return Reading::Unknown;
    }
    let folded = words(cell).join(" ");
    if let Some(class) = BY_WHOLE.get(&folded) {
        return Reading::Class(*class);
    }
    match said(cell) {
        Some(phrases) => together(&phrases),
        None => Reading::Unknown,
    }
}

/// The classes by what a whole cell says; the first class that says it counts.
static BY_WHOLE: LazyLock<HashMap<String, PositionClass>> = LazyLock::new(|| {
    let mut classes = HashMap::new();
    for (class, whole) in WHOLE {
        for one in whole {
            classes.entry(words(one).join(" ")).or_insert(class);
        }
    }
    classes
});

/// What the phrases of a cell say together.
pub(super) fn together(phrases: &[Said]) -> Reading {
    let (mut denied, mut has_denial, mut all) = (false, false, Vec::new());
    for phrase in phrases {
        let says = match (phrase, denied) {
            (Said::Filler, _) | (Said::Fully, false) => continue,
            (Said::Not, _) => {
                denied = true;
                continue;
            }
            (Said::Supported, true) => {
                has_denial = true;
                Said::Rejected
            }
            // "Not noted", "not implemented", "not fully": whatever that means.
            (_, true) => return Reading::Unknown,
            (phrase, false) => *phrase,
        };
        denied = false;
        all.push(says);
    }
    // "N'accepte pas": what denies may stand behind, but then before as well. "Supported: no" says nothing clear.
    if denied && !has_denial {
        return Reading::Unknown;
    }
    // "Accepted, partially implemented": the part is one of the implementation, and the position is not certain.
    let is_done = |one: &Said| matches!(one, Said::Implemented | Said::AsImplemented);
    let is_done_in_part = all.windows(2).any(|pair| match pair {
        [Said::InPart, one] | [one, Said::InPart] => is_done(one),
        _ => false,
    });
    if is_done_in_part {
        return Reading::Unknown;
    }
    let has = |one: Said| all.contains(&one);
    let only = |allowed: &[Said]| !all.is_empty() && all.iter().all(|one| allowed.contains(one));
    let noted = has(Said::Noted) || has(Said::Rejected);
    if has(Said::Unclear) || has(Said::Except) {
        return Reading::Unknown;
    }
    let done = has(Said::Implemented) || has(Said::AsImplemented);
    let class = if only(&[Said::Pending]) {
        PositionClass::Pending
    } else if only(&[Said::NoResponse]) {
        PositionClass::Unknown
    } else if has(Said::Pending) || has(Said::NoResponse) {
        return Reading::Unknown;
    } else if has(Said::InPrinciple) {
        return if noted {
            Reading::Unknown
        } else {
            Reading::InPrinciple
        };
    } else if has(Said::Supported) && (noted || has(Said::InPart)) {
        PositionClass::PartiallySupported
    } else if has(Said::Supported) && done {
        PositionClass::SupportedAsImplemented
    } else if has(Said::Supported) {
        PositionClass::Supported
    } else if has(Said::InPart) && !noted {
        PositionClass::PartiallySupported
    } else if noted && !has(Said::InPart) {
        PositionClass::Noted
    } else if only(&[Said::Implemented]) {
        PositionClass::SupportedAsImplemented
    } else {
        return Reading::Unknown;
    };
    Reading::Class(class)
}

/// The class that a cell names; none if it is not known, or not clear, and has to be asked.
pub(crate) fn position(cell: &str) -> Option<PositionClass> {
    match reading(cell) {
        Reading::Class(class) => Some(class),
        Reading::InPrinciple | Reading::Unknown => None,
    }
}

/// The class that a cell of UPR Info's database names, by its rule: what is accepted in part or in
/// principle is noted.
pub(crate) fn in_upr_info(cell: &str) -> Option<PositionClass> {
    match reading(cell) {
        Reading::Class(PositionClass::PartiallySupported) | Reading::InPrinciple => {
            Some(PositionClass::Noted)
        }
        Reading::Class(class) => Some(class),
        Reading::Unknown => None,
    }
}

/// What is wrong with a cell that names no position.
pub(crate) fn no_position(cell: &str) -> Message {
    let is_number = |c: char| c.is_numeric() || c.is_whitespace() || ".,%".contains(c);
    let key = match reading(cell) {
        _ if cell.trim().is_empty() => "exchange-position-empty",
        Reading::InPrinciple => "exchange-position-in-principle",
        _ if cell.chars().all(is_number) => "exchange-position-number",
        _ => "exchange-unknown-position",
    };
    Message::new(key).with("value", shortened(cell))
}

#[cfg(test)]
mod tests {
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
}
