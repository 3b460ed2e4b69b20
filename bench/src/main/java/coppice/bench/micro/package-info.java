/// Small benchmarks of the kernel's pieces, for a profiler to look at while they run. They compare nothing with
/// anybody;
/// the whole-process harness does that.
///
/// ```
/// java -cp "bench/target/classes:bench/target/lib/*" org.openjdk.jmh.Main TreeBenchmark.get -prof gc
/// ```
@NullMarked
package coppice.bench.micro;

import org.jspecify.annotations.NullMarked;
