package coppice.api.structure;

import java.util.Set;

/// The caches of a database; see [Cache].
public interface Caches {
    /// A cache, made with these options if there is none of this name. Costs nothing.
    ///
    /// @param name 1 to 240 bytes of UTF-8 that do not begin with `@`; names of structures are others
    /// @throws coppice.api.DatabaseException.Incorrect when the name cannot be one, or when there is a cache of
    ///     this name for values of another type
    <V> Cache<V> cache(String name, TypeRef<V> values, CacheOptions<V> options);

    /// The names of the caches that there are.
    Set<String> names();

    /// Forgets a cache with all that is in it. Those who have it still use one that nobody else gets.
    ///
    /// @return whether there was one
    boolean drop(String name);
}
