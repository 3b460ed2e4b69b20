/// What moves between databases: fetch, push, clone, bundles and backups.
///
/// Read [Peer] first (the other side), then [Fetching], [Taking] and [Pushing].
@NullMarked
package coppice.engine.exchange;

import org.jspecify.annotations.NullMarked;
