package coppice.engine.projection;

import coppice.api.Range;
import coppice.kernel.bytes.Hash;

/// How entries follow from the rows of one or more inputs: spaces, or what other steps have made. A pure
/// function: the same rows have the same entries, whenever and wherever it is asked, and whichever way they came
/// about. Safe for all threads.
///
/// So entries are the same whatever the history of the inputs is, need no record of their own, and can be made from
/// those of any other state by what differs.
public interface Step {
    /// Names the function: where two have the same name, they make the same of the same.
    Hash name();

    /// The keys of the rows that it looks at in an input. What other rows hold changes nothing.
    Range keys(int input);

    /// Whether another step reads its entries beside the rows that they are made of. What is folded of them is what
    /// follows from what is folded of the rows then, so that the folded trees of both can stand for one state.
    default boolean isReadBesideItsRows() {
        return false;
    }

    /// Brings entries to another state of the inputs.
    void advance(Advance work);
}
