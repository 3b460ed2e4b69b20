package coppice.engine;

import coppice.api.CommitId;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Options;
import coppice.kernel.bytes.Hash;
import coppice.testing.contract.Subject;

/// Where a database of this engine is: a directory, or `mem:` with a name.
record Place(String location) implements Subject {
    @Override
    public Database open(Options options) {
        return Coppice.open(location, options);
    }

    @Override
    public boolean isPersistent() {
        return !location.startsWith(EmbeddedProvider.MEMORY);
    }

    @Override
    public String root(Database db, CommitId commit) {
        return ((EmbeddedDatabase) db)
                .depot()
                .storage()
                .history()
                .read(Hash.parse(commit.hex()))
                .catalog()
                .toString();
    }
}
