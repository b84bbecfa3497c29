//! The summary of a batch: `schema` is the data for programs, `page` shows it to people.

mod page;
mod schema;

pub use page::summary_table;
pub use schema::SummaryReport;
