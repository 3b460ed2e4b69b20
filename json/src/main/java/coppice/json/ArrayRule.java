package coppice.json;

import java.util.Optional;

/// How [FieldMerge] treats arrays that both sides changed.
///
/// @param idMember the member by which items that are objects are told apart: arrays of such items are merged item by
///     item, each like an object; empty for none
/// @param sets whether other arrays without equal items are merged as sets: what either side added or removed counts
public record ArrayRule(Optional<String> idMember, boolean sets) {
    /// An array is one value: when both sides changed it, that is a conflict.
    public static final ArrayRule WHOLE = new ArrayRule(Optional.empty(), false);

    /// Arrays are sets of their items.
    public static final ArrayRule SETS = new ArrayRule(Optional.empty(), true);

    /// Arrays of objects are merged item by item.
    ///
    /// @param idMember the member that tells the items apart
    public static ArrayRule byMember(String idMember) {
        return new ArrayRule(Optional.of(idMember), false);
    }
}
