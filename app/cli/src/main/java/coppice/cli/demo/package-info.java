/// The show that a newcomer sees: real data through import, branches, diffs, merges, a conflict and time travel.
///
/// Read [coppice.cli.demo.Story] first: it is what differs between the JDK's tables and the user's own data.
/// [coppice.cli.demo.Demo] tells any story in the same acts.
@NullMarked
package coppice.cli.demo;

import org.jspecify.annotations.NullMarked;
