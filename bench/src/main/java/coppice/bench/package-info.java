/// Measures Coppice beside its peers, whole processes at a time: [coppice.bench.Main] plans and starts,
/// [coppice.bench.Child]
/// measures one thing in one fresh JVM, [coppice.bench.Goals] says what was promised, and the reports compare.
@NullMarked
package coppice.bench;

import org.jspecify.annotations.NullMarked;
