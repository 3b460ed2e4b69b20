package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is known of values that were added and not kept, to read. Two values are the same when their stored forms
/// are, whatever the order of members; `1` and `1.0` are two.
///
/// A sketch that nobody wrote to answers every question as one to which nothing was added. One that does not keep
/// what a question needs fails with [coppice.api.DatabaseException.Incorrect], which says what it answers.
public interface SketchView<V> {
    /// Its name.
    @Immediate
    String name();

    /// What it answers, and how well; nothing when nobody wrote to it and it was opened without.
    Optional<SketchOptions> options();

    /// How many different values were added. The bounds hold in 99.7 of 100 cases: they are three standard errors
    /// away. Costs a read of all that it keeps for this, 8 KiB unless told otherwise.
    ///
    /// Source: Ertl, UltraLogLog, VLDB 2024.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it does not answer [SketchQuestion#DISTINCT]
    Estimate distinct();

    /// Whether a value was added: `false` is certain, `true` may be wrong as often as
    /// [SketchOptions#falsePositives()] says. Costs one look.
    ///
    /// Source: Bloom 1970, in blocks as Putze, Sanders and Singler 2007 have them.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it does not answer [SketchQuestion#MEMBERSHIP]
    boolean mightContain(V value);

    /// How often a value was added. It is never more than the value and the upper bound say, and in 99 of 100
    /// cases not less than the lower bound, which is [SketchOptions#frequencyError()] of [#count()] below. Costs
    /// six looks.
    ///
    /// Source: Cormode and Muthukrishnan, count-min, 2005.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it does not answer [SketchQuestion#FREQUENCY]
    Estimate frequency(V value);

    /// The values that were added most often, by [#frequency], the most frequent first; equally frequent ones in
    /// an order that stays the same. Whatever was added more often than [TopValues#floor()] is tracked, whichever
    /// branches were merged. Costs six looks for each tracked value.
    ///
    /// @param most how many at most: 1 or more. There are no more than twice those that are tracked
    /// @throws coppice.api.DatabaseException.Incorrect when it does not answer [SketchQuestion#FREQUENCY]
    TopValues<V> top(int most);

    /// The number that a share of all that were added is not greater than: 0.5 gives the median. It is off by no
    /// more than [SketchOptions#quantileError()] of itself, for numbers from 1e-300 to 1e300 and their opposites.
    /// Costs a read of all that it keeps for this.
    ///
    /// Source: Masson, Rim and Lee, DDSketch, VLDB 2019.
    ///
    /// @param rank 0 for the least number, to 1 for the greatest
    /// @return nothing when nothing was added
    /// @throws IllegalArgumentException when the rank is not from 0 to 1
    /// @throws coppice.api.DatabaseException.Incorrect when it does not answer [SketchQuestion#QUANTILES]
    OptionalDouble quantile(double rank);

    /// Which share of all numbers that were added is not greater than this, from 0 to 1; numbers that are as close
    /// to it as [SketchOptions#quantileError()] count with it. Costs as [#quantile].
    ///
    /// @return nothing when nothing was added
    /// @throws coppice.api.DatabaseException.Incorrect when it does not answer [SketchQuestion#QUANTILES], or the
    ///     value is no number
    OptionalDouble rank(V value);

    /// How often something was added; exact. Costs one look.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it answers neither [SketchQuestion#FREQUENCY] nor
    ///     [SketchQuestion#QUANTILES]: then what adds nothing new writes nothing, and so is not counted
    long count();

    /// Writes it as text, as of one moment: its options, then its parts. The stream is flushed and stays open.
    ///
    /// @return how many items
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
