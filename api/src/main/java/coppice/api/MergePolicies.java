package coppice.api;

import java.util.List;

/// The rules by which this database merges what both sides changed. They are settings of the database, durable and
/// not versioned: all branches merge by them. Safe for use by many threads.
///
/// Of the rules that fit a key the **last** one decides, as in git's attributes: general rules first, exceptions
/// after them. A merge's own rules ([Merge#rule]) come after all. Where none fits, [MergePolicy#fields()] decides.
public interface MergePolicies {
    /// The rules, in order.
    List<MergeRule> rules();

    /// Adds a rule at the end; a rule for the very same patterns goes. Durable when this returns.
    void add(MergeRule rule);

    /// Removes the rule for these patterns. Durable when this returns.
    ///
    /// @return whether there was one
    boolean remove(KeyPattern spaces, KeyPattern keys);

    /// Puts these rules in place of all. Durable when this returns.
    void replace(List<MergeRule> rules);

    /// The policy that the rules have for a key; [MergePolicy#fields()] where none fits, whatever structure is
    /// there.
    MergePolicy policy(String space, byte[] key);

    /// Gives a name to a function that [MergePolicy#custom] asks. Known to this open database only: register it
    /// again after opening. It is called once for each key, in the order of spaces and keys, and again when a
    /// merge starts anew; it must not use the database's writing side.
    ///
    /// @param name 1 to 64 letters, digits, `_`, `-`, `.` or `$`
    void register(String name, Resolver function);
}
