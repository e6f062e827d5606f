//! Mappings that are kept under a name: an organisation's working table looks the same every year.
//!
//! They change no figure and are no part of the history; each run keeps the mapping it was read by.

use crate::domain::{refusals, refuse_invisible};
use crate::exchange::Mapping;
use crate::store::entities::saved_mapping;
use crate::store::history::chain;
use crate::store::{Actor, Error, Store, without_nul};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};

refusals! {
    /// Why a column mapping is not saved.
    pub enum MappingRefusal {
        /// Its name is empty or too long.
        NameUnfit { max: usize } => "mapping-name",
        /// Too many mappings are saved.
        TooMany { max: u64 } => "mapping-too-many",
    }
}

/// Mappings that are kept at most.
const MOST: u64 = 200;
/// Characters of a name at most.
const LONGEST_NAME: usize = 80;

/// A mapping with its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedMapping {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
}

impl Store {
    /// Keeps a mapping under a name, in place of an earlier one of that name. Refused for a name that
    /// is empty or longer than 80 characters, and for the 201st.
    pub async fn save_mapping(
        &self,
        actor: &Actor,
        name: &str,
        mapping: &Mapping,
    ) -> Result<(), Error> {
        let name = without_nul(name.trim());
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(MappingRefusal::NameUnfit { max: LONGEST_NAME }.into());
        }
        refuse_invisible(&name)?;
        let change = self.begin(actor).await?;
        let others = saved_mapping::Entity::find()
            .filter(saved_mapping::Column::Name.ne(&name))
            .count(&change.tx)
            .await?;
        if others >= MOST {
            return Err(MappingRefusal::TooMany { max: MOST }.into());
        }
        let row = saved_mapping::ActiveModel {
            name: Set(name),
            mapping: Set(chain::json(mapping)),
            saved_at: Set(change.now()),
        };
        let in_its_place = OnConflict::column(saved_mapping::Column::Name)
            .update_columns([
                saved_mapping::Column::Mapping,
                saved_mapping::Column::SavedAt,
            ])
            .to_owned();
        saved_mapping::Entity::insert(row)
            .on_conflict(in_its_place)
            .exec_without_returning(&change.tx)
            .await?;
        change.commit_unrecorded().await
    }

    /// Every mapping that is kept, by name.
    pub async fn saved_mappings(&self) -> Result<Vec<SavedMapping>, Error> {
        saved_mapping::Entity::find()
            .order_by_asc(saved_mapping::Column::Name)
            .all(&self.connection)
            .await?
            .into_iter()
            .map(SavedMapping::try_from)
            .collect()
    }

    /// The mapping of a name.
    pub async fn saved_mapping(&self, name: &str) -> Result<SavedMapping, Error> {
        saved_mapping::Entity::find_by_id(without_nul(name.trim()))
            .one(&self.connection)
            .await?
            .map(SavedMapping::try_from)
            .ok_or(Error::NotFound)?
    }

    /// Forgets the mapping of a name.
    pub async fn remove_mapping(&self, actor: &Actor, name: &str) -> Result<(), Error> {
        let change = self.begin(actor).await?;
        let removed = saved_mapping::Entity::delete_by_id(without_nul(name.trim()))
            .exec(&change.tx)
            .await?;
        if removed.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        change.commit_unrecorded().await
    }
}

impl TryFrom<saved_mapping::Model> for SavedMapping {
    type Error = Error;

    fn try_from(row: saved_mapping::Model) -> Result<Self, Error> {
        let mapping = serde_json::from_str(&row.mapping)
            .map_err(|_| Error::System(format!("the mapping {:?} is damaged", row.name)))?;
        Ok(Self {
            name: row.name,
            mapping,
        })
    }
}
