package coppice.api;

import java.util.Optional;

/// How arrays inside JSON documents merge when both sides changed them; see [MergePolicy#fields(ArrayMerge)].
///
/// @param idMember the member that tells items apart: arrays of objects that have it, each another string or
///     number, merge item by item, each item like an object of its own
/// @param sets whether other arrays without equal items are sets: what either side added or removed counts
public record ArrayMerge(Optional<String> idMember, boolean sets) {
    /// An array is one value: when both sides changed it, that is a conflict.
    public static final ArrayMerge WHOLE = new ArrayMerge(Optional.empty(), false);

    /// Arrays are sets.
    public static final ArrayMerge SETS = new ArrayMerge(Optional.empty(), true);

    public ArrayMerge {
        idMember.ifPresent(MergePolicy::checkName);
    }

    /// Arrays of objects merge item by item.
    ///
    /// @param idMember the member that tells items apart: 1 to 64 letters, digits, `_`, `-`, `.` or `$`
    public static ArrayMerge byMember(String idMember) {
        return new ArrayMerge(Optional.of(idMember), false);
    }

    /// This, with all other arrays as sets.
    public ArrayMerge orSets() {
        return new ArrayMerge(idMember, true);
    }
}
