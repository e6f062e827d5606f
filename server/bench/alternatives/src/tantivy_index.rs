//! tantivy, its index in files.

use crate::searches::{Engine, FIRST, Found, SEARCHES};
use crate::{Result, since};
use std::path::Path;
use std::time::Instant;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{FuzzyTermQuery, Query, QueryParser};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{Index, IndexReader, IndexWriter, Searcher, Term, doc};

/// What the writer may keep in memory, the least but for one thread.
const WRITER: usize = 50_000_000;

pub fn measure(texts: &[(i64, String)], folder: &Path, changed: usize) -> Result<Engine> {
    let mut schema = Schema::builder();
    let id = schema.add_i64_field("id", FAST | INDEXED);
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("words")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema.add_text_field(
        "text",
        TextOptions::default().set_indexing_options(indexing),
    );
    std::fs::create_dir_all(folder)?;
    let begun = Instant::now();
    let index = Index::create_in_dir(folder, schema.build())?;
    register(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER)?;
    for (number, words) in texts {
        writer.add_document(doc!(id => *number, text => words.as_str()))?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    let built = begun.elapsed().as_secs_f64();
    writer.wait_merging_threads()?;
    drop(index);
    let mut size = 0;
    for file in std::fs::read_dir(folder)? {
        size += file?.metadata()?.len();
    }

    let begun = Instant::now();
    let index = Index::open_in_dir(folder)?;
    register(&index);
    let reader = index.reader()?;
    let rare = query(&index, text, SEARCHES[1].tantivy)?;
    search(&reader.searcher(), rare.as_ref())?;
    let opened = since(begun);

    let mut found = Vec::new();
    for one in SEARCHES {
        let mut last = Found::default();
        let searcher = reader.searcher();
        let time = crate::median(|| {
            let begun = Instant::now();
            let query = query(&index, text, one.tantivy)?;
            last = search(&searcher, query.as_ref())?;
            Ok(since(begun))
        })?;
        found.push((time, last));
    }
    let begun = Instant::now();
    change(&index, &reader, id, text, &texts[..changed])?;
    search(&reader.searcher(), rare.as_ref())?;
    Ok(Engine {
        name: "tantivy",
        built,
        opened: Some(opened),
        size,
        changed: Some(since(begun)),
        found,
    })
}

/// Case and accents do not matter, and words of one stem are one.
fn register(index: &Index) {
    let words = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(Stemmer::new(Language::English))
        .build();
    index.tokenizers().register("words", words);
}

fn query(index: &Index, text: Field, typed: &str) -> Result<Box<dyn Query>> {
    if let Some(begin) = typed.strip_suffix('*') {
        let term = Term::from_field_text(text, begin);
        return Ok(Box::new(FuzzyTermQuery::new_prefix(term, 0, true)));
    }
    let mut parser = QueryParser::for_index(index, vec![text]);
    parser.set_conjunction_by_default();
    Ok(parser.parse_query(typed)?)
}

fn search(searcher: &Searcher, query: &dyn Query) -> Result<Found> {
    let best = TopDocs::with_limit(FIRST).order_by_score();
    let (count, best) = searcher.search(query, &(Count, best))?;
    let mut first = Vec::new();
    for (_, place) in best {
        let ids = searcher
            .segment_reader(place.segment_ord)
            .fast_fields()
            .i64("id")?;
        first.extend(ids.first(place.doc_id));
    }
    Ok(Found { count, first })
}

fn change(
    index: &Index,
    reader: &IndexReader,
    id: Field,
    text: Field,
    texts: &[(i64, String)],
) -> Result<()> {
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER)?;
    for (number, words) in texts {
        writer.delete_term(Term::from_field_i64(id, *number));
        writer.add_document(doc!(id => *number, text => words.as_str()))?;
    }
    writer.commit()?;
    reader.reload()?;
    Ok(())
}
