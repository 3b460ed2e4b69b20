/// The only door to the outside: disk, clock, randomness and threads. Everything above asks for them here, so
/// that tests can tear writes and replay a seed.
///
/// Read [coppice.kernel.platform.Disk] first. Real ones: [coppice.kernel.platform.LocalDisk],
/// [coppice.kernel.platform.MemoryDisk], `Clock.system()`, `Entropy.secure()`, `Tasks.threads()`.
@NullMarked
package coppice.kernel.platform;

import org.jspecify.annotations.NullMarked;
