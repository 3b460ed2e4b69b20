package coppice.api;

import java.util.Objects;

/// How to clone.
///
/// @param remote the name under which the clone remembers where it came from
/// @param fetch which branches and tags; its depth says how many generations of history are wanted
/// @param options how to open the clone
public record CloneOptions(String remote, Fetch fetch, Options options) {
    public CloneOptions {
        Objects.requireNonNull(remote);
        Objects.requireNonNull(fetch);
        Objects.requireNonNull(options);
    }

    /// Everything, from `origin`.
    public static CloneOptions defaults() {
        return new CloneOptions("origin", Fetch.all(), Options.defaults());
    }

    /// The same with other branches, tags or depth.
    public CloneOptions with(Fetch other) {
        return new CloneOptions(remote, other, options);
    }

    /// The same, opened otherwise.
    public CloneOptions with(Options other) {
        return new CloneOptions(remote, fetch, other);
    }

    /// The same under another name of the remote.
    public CloneOptions from(String name) {
        return new CloneOptions(name, fetch, options);
    }
}
