//! Types of the domain as values of columns: the database holds their codes, the entities the types.

use crate::domain::{Confidence, EvidenceKind, PositionClass, Role, RoundKind, Shape};
use crate::store::import_codes::{Outcome, RunState};
use sea_orm::sea_query::{ArrayType, Nullable, StringLen, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, ColumnType, DbErr, QueryResult, TryGetError, TryGetable, Value};

macro_rules! columns_of_codes {
    ($($type:ident),+) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                value.code().into()
            }
        }

        impl TryGetable for $type {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                let code = String::try_get_by(row, index)?;
                $type::parse(&code).ok_or_else(|| unknown(stringify!($type), &code))
            }
        }

        impl ValueType for $type {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                let code = <String as ValueType>::try_from(value)?;
                $type::parse(&code).ok_or(ValueTypeErr)
            }

            fn type_name() -> String {
                stringify!($type).to_owned()
            }

            fn array_type() -> ArrayType {
                ArrayType::String
            }

            fn column_type() -> ColumnType {
                ColumnType::String(StringLen::None)
            }
        }

        impl Nullable for $type {
            fn null() -> Value {
                Value::String(None)
            }
        }
    )+};
}

columns_of_codes! { Confidence, EvidenceKind, Outcome, PositionClass, Role, RoundKind, RunState, Shape }

/// What a column holds that something else than this program wrote.
fn unknown(what: &str, code: &str) -> TryGetError {
    TryGetError::DbErr(DbErr::Type(format!("{code:?} is no {what}")))
}
