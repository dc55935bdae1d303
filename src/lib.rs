//! `livedoc`: one typed graph over a repository's guides, decisions, runbooks, alerts, API specifications and Rust
//! code; checked, published as a static site and previewed live.
//!
//! The stages, in the order in which data passes through them; each imports only from those above it:
//!
//! | module | |
//! |---|---|
//! | [`source`] | interned strings, repository paths, files, spans |
//! | [`diagnostic`] | findings, their codes and their printers |
//! | [`data`] | YAML, JSON, TOML -> values with places |
//! | [`cache`] | keys and bytes that one run leaves for the next |
//! | [`config`] | `livedoc.toml`, environment, flags -> [`config::Project`] |
//! | [`graph`] | ids, kinds, nodes, blocks, links, fragments; assembling, resolving, exporting |
//! | [`discover`] | the walk: [`discover::SourceTree`] |
//! | [`markdown`] | Markdown -> blocks, headings, links |
//! | [`extract`] | one folder an extractor: files -> [`graph::Fragment`] |
//! | [`plan`] | routes, navigation: which page holds which node |
//! | [`external`] | addresses of other sites that are linked -> whether anybody answers there |
//! | [`check`] | rules over the whole, one a file |
//! | [`mend`] | findings that can be mended for certain -> the texts of their files without them |
//! | [`compare`] | two graphs -> what changed for those who rely on them |
//! | [`impact`] | what changed -> the documents and people that depend on it |
//! | [`search`] | documents -> an index in small files |
//! | [`theme`] | templates and static files, the project's own over the built-in ones |
//! | [`render`] | views, block HTML, highlighting -> pages |
//! | [`output`] | [`output::Site`] = path -> bytes; writing it |
//! | [`pipeline`] | the whole way, from a project to a site |
//! | [`serve`] | changes on disk -> editions of the site; HTTP; open pages that follow |
//! | [`cli`] | one file a command |

pub mod cache;
pub mod check;
pub mod cli;
pub mod compare;
pub mod config;
pub mod data;
pub mod diagnostic;
pub mod discover;
pub mod external;
pub mod extract;
pub mod graph;
pub mod impact;
pub mod markdown;
pub mod mend;
pub mod output;
pub mod pipeline;
pub mod plan;
pub mod render;
pub mod search;
pub mod serve;
pub mod source;
pub mod theme;
