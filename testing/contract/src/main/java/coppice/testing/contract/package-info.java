/// The contract of [coppice.api.Database] as tests: whoever implements it extends
/// [coppice.testing.contract.DatabaseContract] with a [coppice.testing.contract.Subject] of its own and inherits
/// them all.
///
/// One class for each part of the contract; `ModelContract` drives all parts at once, at random, beside the plain maps
/// of [coppice.testing.contract.model].
@NullMarked
package coppice.testing.contract;

import org.jspecify.annotations.NullMarked;
