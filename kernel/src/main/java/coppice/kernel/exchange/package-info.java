/// Commits on their way from one store to another: what has to move, how it is taken in without trust, and the
/// file that carries it.
///
/// Read [coppice.kernel.exchange.Intake] first: how chunks of somebody else come into a store. What has to move
/// follows from [coppice.kernel.history.HistoryWalk]. [coppice.kernel.exchange.BundleWriter] and
/// [coppice.kernel.exchange.BundleReader] do the same by way of a file; `docs/format/bundle.md` has its bytes.
@NullMarked
package coppice.kernel.exchange;

import org.jspecify.annotations.NullMarked;
