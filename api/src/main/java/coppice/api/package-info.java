/// The public contract of Coppice: a database whose data branches, merges and travels in time.
///
/// Read [Database] first, then [Branch] and [Space]; [Coppice] opens one. Every implementation (embedded today,
/// remote later) behaves as these interfaces say and passes the same contract suite.
///
/// Absence is an [java.util.Optional], an expected outcome a sealed result ([MergeOutcome]), a refused or failed
/// operation a [DatabaseException]; nothing here takes or returns `null`.
@NullMarked
package coppice.api;

import org.jspecify.annotations.NullMarked;
