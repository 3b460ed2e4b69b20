package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;

/// What happens to a database besides work: nothing of it can be seen.
record Upkeep(int site, Kind kind) implements Command {
    enum Kind {
        CHECKPOINT,
        REOPEN,
        COLLECT,
        CHECK
    }

    @Override
    public void run(World world, Running running) {
        Database db = running.db(site);
        switch (kind) {
            case CHECKPOINT -> db.checkpoint();
            case COLLECT -> assertThat(db.gc().freedBytes()).isNotNegative();
            case CHECK -> assertThat(db.check().problems()).isEmpty();
            case REOPEN -> running.reopen(world, site);
        }
    }
}
