/// A machine to break on purpose, the same way for the same seed.
///
/// The idea: a disk that keeps two versions of everything, what programs see and what a power cut would leave, and
/// the list of changes between the two; from it follows every state in which the next start may find the disk. Read
/// [coppice.testing.simulation.SimulatedDisk] first. The fault model is that of T. S. Pillai et al., "All File
/// Systems Are Not Created Equal: On the Complexity of Crafting Crash-Consistent Applications" (OSDI 2014), with
/// failing syncs after A. Rebello et al., "Can Applications Recover from fsync Failures?" (USENIX ATC 2020).
@NullMarked
package coppice.testing.simulation;

import org.jspecify.annotations.NullMarked;
