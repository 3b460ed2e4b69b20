package coppice.api.structure;

import coppice.api.async.AsyncTwin;

/// How the values of a dict are encrypted, and how that is changed; see [Structures#dict(String, TypeRef,
/// Secret)].
///
/// Values are encrypted with a random key of the dict, which is stored in a form that the secret opens. So the
/// secret is changed without touching values. A key that is changed leaves values alone, too: those that were
/// written before stay readable with the key of their time, until they are written again.
///
/// **What is in history stays as it was.** A version holds the keys as they were when it was made, so it is read
/// with the secret of that time. Whoever had a secret, and gets hold of a version of that time, can read what was
/// written with the keys of that time, in later versions, too. If a secret has become known: [#changeSecret],
/// [#rotateKey], [#reencrypt], in this order; and history remains readable to those who have it, unless it is
/// dropped.
///
/// Safe for use by many threads. Got from a branch, each call takes effect as a transaction of its own; got from
/// a transaction, with it.
@AsyncTwin
public interface Encryption {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncEncryption async() {
        return new AsyncEncryption(this);
    }

    /// Has another secret open the dict from here on, in place of the one it was opened with. Values stay as they
    /// are. Dicts that were opened before remain open. With the same secret, it is stored anew as is usual by now.
    /// Costs a derivation (see [Structures#dict(String, TypeRef, Secret)]) and O(keys).
    ///
    /// Branches that both change it conflict in the space `@secrets/NAME` when they are merged: take either side,
    /// and that side's secret opens it.
    void changeSecret(Secret next);

    /// Has what is written from here on encrypted with a new random key. Values stay as they are. To be called now
    /// and then when a dict is written to very often: one key should encrypt no more than 2^32 values.
    ///
    /// Dicts that were opened before go on with it, unless the secret was changed since: those know the older keys
    /// alone, so open them anew.
    ///
    /// Branches that both do merge without a conflict; both keys stay, the later one is used.
    void rotateKey();

    /// Encrypts values anew that are encrypted with older keys: in steps of their own, each a transaction on the
    /// newest state, in bounded memory, beside other writers. Older keys stay for older versions and for branches
    /// that are still to be merged. Feeds tell of each value as of one that was put again. Costs O(n).
    ///
    /// @return how many
    /// @throws coppice.api.DatabaseException.Incorrect at the first value that cannot be decrypted; those before
    ///     it are done
    long reencrypt();
}
