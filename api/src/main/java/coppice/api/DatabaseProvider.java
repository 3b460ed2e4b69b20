package coppice.api;

import java.util.function.Consumer;

/// How [Coppice#open] and [Proof#verify] find an implementation, through [java.util.ServiceLoader].
public interface DatabaseProvider {
    /// Whether this provider opens locations of this form. Looks at the text only.
    boolean accepts(String location);

    /// Opens the database; the contract is that of [Coppice#open(String, Options)].
    Database open(String location, Options options);

    /// Clones a database; the contract is that of [Coppice#clone(String, String, CloneOptions)].
    Database clone(String from, String to, CloneOptions options);

    /// Repairs a database; the contract is that of [Coppice#repair(String, RepairOptions)].
    RepairReport repair(String location, RepairOptions options);

    /// Restores a backup; the contract is that of [Coppice#restore(String, String, Options, Consumer)].
    Database restore(String backup, String to, Options options, Consumer<Traffic> progress);

    /// Verifies a proof; the contract is that of [Proof#verify(CommitId)].
    ProofResult verify(Proof proof, CommitId trusted);
}
