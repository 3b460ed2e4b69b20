package coppice.api;

import java.util.List;
import java.util.function.Consumer;

/// Other databases that this one knows by name, and what moves between them and it.
///
/// Only chunks that are missing move, each checked against its hash; trees and commits are proved on arrival, and
/// refs move when everything below them is here and durable. So whatever breaks a transfer off (a kill, a full
/// disk, the other side gone) leaves every ref where it was; done again, it goes on where it was.
///
/// A remote that is open in this process is used as it is, beside its readers and writers; one that is not is opened
/// for the time being. No space is reclaimed here while something arrives. Safe for all threads.
public interface Remotes {
    /// Remembers a database. Does not look for it.
    ///
    /// @throws DatabaseException.Incorrect when the name is taken, or no part of a ref's name
    Remote add(String name, String location);

    /// All remotes, by name.
    List<Remote> list();

    /// A remote.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    Remote remote(String name);

    /// Forgets a remote and what was fetched from it: the refs `remotes/NAME/..`.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    void remove(String name);

    /// Gives a remote another name, and its refs as well.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    /// @throws DatabaseException.Incorrect when the new name is taken, or no part of a ref's name
    Remote rename(String from, String to);

    /// Brings branches of a remote to `remotes/NAME/BRANCH`, and tags to `tags/TAG`. Costs what changed over there
    /// since the last time: a read of each new chunk there, a check and a write here.
    ///
    /// @throws DatabaseException.NotFound when there is no remote of this name
    /// @throws DatabaseException.Unavailable when it cannot be reached, or went away; nothing changed
    /// @throws DatabaseException.Corrupt when what came is not what it should be; nothing changed
    FetchOutcome fetch(String remote, Fetch options);

    /// As [#fetch(String, Fetch)], of all branches and tags.
    default FetchOutcome fetch(String remote) {
        return fetch(remote, Fetch.all());
    }

    /// Brings a branch or a tag to a remote. Costs what the remote has not yet.
    ///
    /// Hooks belong to a handle: where the remote is open in this process its ref-update hooks are asked; a
    /// directory that nobody has open is opened without hooks.
    ///
    /// @throws DatabaseException.NotFound when there is no remote or ref of this name
    /// @throws DatabaseException.Unavailable as for [#fetch]
    PushOutcome push(String remote, Push push);

    /// As [#push(String, Push)], of a branch to that of the same name, if that moves it forward.
    default PushOutcome push(String remote, String branch) {
        return push(remote, Push.branch(branch));
    }

    /// Fetches a branch of a remote and merges it.
    ///
    /// @param branch its name over there
    /// @param merge into which branch and how
    /// @param progress is told how far the fetch is, from the calling thread, after each commit and within large
    ///     ones
    /// @throws DatabaseException as for [#fetch] and [Database#merge]
    PullOutcome pull(String remote, String branch, Merge merge, Consumer<Traffic> progress);

    /// As [#pull(String, String, Merge, Consumer)], in silence.
    default PullOutcome pull(String remote, String branch, Merge merge) {
        return pull(remote, branch, merge, traffic -> {});
    }

    /// As [#pull(String, String, Merge)], into the branch of the same name.
    default PullOutcome pull(String remote, String branch) {
        return pull(remote, branch, Merge.into(branch));
    }
}
