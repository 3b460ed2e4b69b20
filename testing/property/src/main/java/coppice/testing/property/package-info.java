/// Property tests: seeded generators whose counterexamples shrink by themselves.
///
/// The idea in one line: a generator reads a sequence of choices, a run remembers the sequence it read, and a shorter
/// or smaller sequence gives a simpler value; so one shrinker, which edits sequences, serves every type, and a shrunk
/// value always satisfies what its generator promises (D. R. MacIver and A. F. Donaldson, "Test-Case Reduction via
/// Test-Case Generation: Insights from the Hypothesis Reducer", ECOOP 2020).
///
/// Read [coppice.testing.property.Gen] first, then [coppice.testing.property.Property] and, for tests that drive a
/// system and a simple model of it side by side, [coppice.testing.property.Model].
@NullMarked
package coppice.testing.property;

import org.jspecify.annotations.NullMarked;
