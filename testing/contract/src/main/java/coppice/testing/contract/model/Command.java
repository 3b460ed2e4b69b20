package coppice.testing.contract.model;

import coppice.api.Branch;
import coppice.testing.property.Model;

/// One step, in plain maps and on the databases.
interface Command extends Model.Command<World, Running> {
    @Override
    void run(World world, Running running);

    /// A branch of one of the databases.
    record On(int site, String branch) {
        PlainDatabase plain(World world) {
            return world.site(site);
        }

        Line line(World world) {
            return plain(world).line(branch);
        }

        Branch of(Running running) {
            return running.db(site).branch(branch);
        }

        @Override
        public String toString() {
            return site == 0 ? branch : "the other's " + branch;
        }
    }
}
