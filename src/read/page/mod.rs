//! stub
use crate::model::{Article, SourceText};
pub(crate) fn read(source: SourceText, _options: &super::ReadOptions) -> Article {
    super::fragment::read(source)
}
