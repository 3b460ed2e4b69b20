package coppice.api.structure;

import java.util.List;

/// The locks of a database: one for each name that somebody asks for. They belong to the process that has the
/// database open, and are neither versioned nor, unless their leases are [LockOptions#kept()], stored.
public interface Locks {
    /// What the names of the locks of structures begin with; see [Dict#lock()]. The name of the structure follows.
    String STRUCTURES = "@structures/";

    /// The lock of a name. Costs nothing, and nothing is left of a lock that nobody has or waits for.
    ///
    /// @param name 1 to 255 bytes of UTF-8 without control characters, which do not begin with `@`, unless with
    ///     [#STRUCTURES]
    /// @throws coppice.api.DatabaseException.Incorrect when the name cannot be one
    NamedLock lock(String name);

    /// Those that somebody has or waits for, in the order of their names. Costs O(n log n) of them.
    List<LockStatus> all();
}
