/// The stores that are compared, each behind the same four small interfaces: start with [coppice.bench.peer.Peer].
@NullMarked
package coppice.bench.peer;

import org.jspecify.annotations.NullMarked;
