/// A database in plain maps, and random commands for it and a real one beside it. Begin with `Histories`; `World` is
/// what the commands act on, `PlainDatabase` what one database is.
///
/// The plain side searches everything naively: ancestors by walking all parents, merges row by row, documents as maps.
@NullMarked
package coppice.testing.contract.model;

import org.jspecify.annotations.NullMarked;
